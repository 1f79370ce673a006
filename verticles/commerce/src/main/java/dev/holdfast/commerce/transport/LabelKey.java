package dev.holdfast.commerce.transport;

import java.util.Optional;
import java.util.UUID;

/**
 * Our key of a label at a carrier; read back from what the carrier tells.
 *
 * @param askedBy the command that wants the shipment
 * @param choice which of its choices
 */
record LabelKey(int merchant, UUID order, UUID askedBy, int choice) {

  /** As the carrier gets it: the command first, because ids of the same time begin alike. */
  String text() {
    return askedBy + "." + choice + "." + merchant + "." + order;
  }

  /** The key that a text stands for; empty when it is none of ours. */
  static Optional<LabelKey> parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LabelKey(
              Integer.parseInt(parts[2]),
              UUID.fromString(parts[3]),
              UUID.fromString(parts[0]),
              Integer.parseInt(parts[1])));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }
}
