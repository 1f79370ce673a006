package dev.holdfast.commerce.transport;

import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.transport.TransportProtocol.State;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** The shipment of one order, as the batch has it in hand. */
final class ShipmentRow {
  final int merchant;
  final UUID order;
  final boolean isNew;
  boolean changed;
  UUID run;
  UUID askedBy;
  State state;
  boolean turningBack;
  String country;
  long grams;
  List<Choice> choices;
  int choice;
  int tries;
  String carrier;
  String tracking;
  long costMinor;
  String costCurrency;
  Instant createdAt;
  Instant handedOverAt;
  Instant deliveredAt;
  long version;

  ShipmentRow(int merchant, UUID order, boolean isNew) {
    this.merchant = merchant;
    this.order = order;
    this.isNew = isNew;
  }

  LabelKey key(int which) {
    return new LabelKey(merchant, order, askedBy, which);
  }

  /** The keys of the first choices. */
  List<LabelKey> keys(int count) {
    return IntStream.range(0, count).mapToObj(this::key).toList();
  }

  Money cost() {
    return new Money(costMinor, costCurrency);
  }

  List<String> alternatives() {
    return IntStream.range(0, choices.size())
        .filter(which -> which != choice % choices.size())
        .mapToObj(which -> choices.get(which).name())
        .toList();
  }

  /** The next version, for an event. */
  long next() {
    changed = true;
    return ++version;
  }

  String aggregate() {
    return order.toString();
  }
}
