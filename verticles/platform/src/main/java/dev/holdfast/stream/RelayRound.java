package dev.holdfast.stream;

import dev.holdfast.stream.OutboxOwnership.Owned;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One round of the relay: what it read from where, and what it leaves out of it.
 *
 * @param leftOut aggregates that are parked
 */
record RelayRound(
    OutboxOwner owner, OutboxPosition from, OutboxReading reading, Set<String> leftOut) {
  /** How many rows were there, those of parked aggregates included. */
  int found() {
    return reading.rows().size();
  }

  List<Unsent> toTell() {
    return leftOut.isEmpty()
        ? reading.rows()
        : reading.rows().stream().filter(event -> !isLeftOut(event)).toList();
  }

  /** How far the outbox is told when the broker has these. */
  Owned after(List<Unsent> acknowledged) {
    Set<Long> parked =
        leftOut.isEmpty()
            ? Set.of()
            : reading.rows().stream()
                .filter(this::isLeftOut)
                .map(Unsent::seq)
                .collect(Collectors.toSet());
    Set<Long> taken = acknowledged.stream().map(Unsent::seq).collect(Collectors.toSet());
    return new Owned(owner, from.after(reading, taken, parked));
  }

  private boolean isLeftOut(Unsent event) {
    return leftOut.contains(event.row().aggregate());
  }
}
