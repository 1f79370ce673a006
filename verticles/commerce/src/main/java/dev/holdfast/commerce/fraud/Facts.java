package dev.holdfast.commerce.fraud;

import dev.holdfast.commerce.fraud.FraudProtocol.Assess;
import dev.holdfast.commerce.fraud.FraudProtocol.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What is known when an order is judged.
 *
 * @param asked the order as the asker tells it
 * @param past the same shopper's other orders that count, placed no later, oldest first
 * @param blocked what of the order stands on the block list
 */
record Facts(Assess asked, List<Past> past, Set<Kind> blocked) {
  Facts {
    past = List.copyOf(past);
    blocked = Set.copyOf(blocked);
  }

  /**
   * An order of a shopper's history.
   *
   * @param placedAt business time
   * @param paymentMethod the provider's token, or null
   */
  record Past(Instant placedAt, String paymentMethod) {}
}
