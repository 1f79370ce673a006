package dev.holdfast.commerce.order;

import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.shared.Units;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The input of an order's run: all that its steps need to know, so that none of them has to ask.
 *
 * @param run the run's own id
 * @param customer or null for a guest
 * @param emailHash SHA-256 in hex of the lower-case address, or null
 * @param placedAt document time
 * @param total 0 or more
 * @param lines units of each code, summed, in the order in which the codes come first
 * @param billingCountry or null
 * @param shippingCountry or null
 * @param paymentMethod the provider's token
 */
public record Fulfilment(
    int merchant,
    UUID order,
    UUID run,
    String customer,
    String emailHash,
    Instant placedAt,
    Money total,
    List<Units> lines,
    String billingCountry,
    String shippingCountry,
    String paymentMethod,
    boolean badIpReputation) {
  public Fulfilment {
    lines = List.copyOf(lines);
  }
}
