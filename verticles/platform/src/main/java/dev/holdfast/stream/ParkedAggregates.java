package dev.holdfast.stream;

import dev.holdfast.deadletter.DeadLetter;
import dev.holdfast.deadletter.DeadLetterStore;
import dev.holdfast.deadletter.Fingerprint;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/**
 * Aggregates that stand still because no retry can bring one of their events through. The event
 * lies among the dead letters of {@link OutboxRelay#DEAD_LETTERS}, its aggregate is the parking
 * key; the others are not held up.
 */
final class ParkedAggregates {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
  private static final Duration QUERY_LIMIT = Duration.ofSeconds(3);

  private final DeadLetterStore letters;
  private final Clock clock;
  private volatile Set<String> known = Set.of();
  private boolean looked;
  private long lookAgainNanos;

  ParkedAggregates(DeadLetterStore letters, Clock clock) {
    this.letters = letters;
    this.clock = clock;
  }

  /** The aggregates with open letters, looked at again now and then. */
  Future<Set<String>> current() {
    return looked && clock.nanoTime() - lookAgainNanos < 0
        ? Future.succeededFuture(known)
        : letters
            .openKeys(OutboxRelay.DEAD_LETTERS, Deadline.in(QUERY_LIMIT, clock))
            .map(
                keys -> {
                  looked = true;
                  lookAgainNanos = clock.nanoTime() + LOOK_AGAIN.toNanos();
                  known = Set.copyOf(keys);
                  return known;
                });
  }

  int count() {
    return known.size();
  }

  /** Looks at the letters before the next round. */
  void doubt() {
    looked = false;
  }

  Future<Void> park(Unsent event, Throwable why) {
    OutboxRow row = event.row();
    DeadLetter letter =
        new DeadLetter(
            DeadLetter.Kind.EVENT,
            OutboxRelay.DEAD_LETTERS,
            row.aggregate(),
            new CommandId(row.eventId(), LocalDate.ofInstant(row.occurredAt(), ZoneOffset.UTC)),
            row.merchant(),
            row.type(),
            row.body(),
            "outbox row " + event.seq() + " for " + row.topic(),
            Fingerprint.of(why),
            1,
            clock.now());
    return letters
        .park(Deadline.in(QUERY_LIMIT, clock), List.of(letter))
        .onSuccess(parked -> doubt())
        .mapEmpty();
  }
}
