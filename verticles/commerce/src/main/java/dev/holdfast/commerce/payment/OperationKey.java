package dev.holdfast.commerce.payment;

import dev.holdfast.commerce.partners.PaymentGateway.Kind;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Our key of an operation at the provider; read back from what the provider tells.
 *
 * @param merchant the tenant
 * @param order whose payment it is about
 * @param kind what is asked; a void has the key of the authorisation it is about, but for the kind
 * @param id tells several operations of one kind apart: the command's id, for a refund the refund's
 */
record OperationKey(int merchant, UUID order, Kind kind, UUID id) {

  /**
   * As the provider gets it, such as {@code <id>.authorise.1.<order>}: the id first, because ids of
   * the same time begin alike.
   */
  String text() {
    return id + "." + kind.name().toLowerCase(Locale.ROOT) + "." + merchant + "." + order;
  }

  /** The key under which this authorisation is voided. */
  OperationKey ofVoid() {
    return new OperationKey(merchant, order, Kind.VOID, id);
  }

  /** The key of the authorisation that a void is about; any other key is its own. */
  OperationKey ofOperation() {
    return kind == Kind.VOID ? new OperationKey(merchant, order, Kind.AUTHORISE, id) : this;
  }

  /** The key that a text stands for; empty when it is none of ours. */
  static Optional<OperationKey> parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new OperationKey(
              Integer.parseInt(parts[2]),
              UUID.fromString(parts[3]),
              Kind.valueOf(parts[1].toUpperCase(Locale.ROOT)),
              UUID.fromString(parts[0])));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }
}
