package dev.holdfast.commerce.payment;

import dev.holdfast.commerce.shared.OrderKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The work of a batch: the payments it may change, and what goes into the ledger. */
final class Payments {
  private final Map<OrderKey, OrderPayment> payments = new LinkedHashMap<>();
  final List<Posting> postings = new ArrayList<>();
  final List<AdjustmentRules.Adjustment> adjustments = new ArrayList<>();

  /** A payment that was read. */
  void add(OrderPayment payment) {
    payments.put(new OrderKey(payment.merchant, payment.order), payment);
  }

  Optional<OrderPayment> find(int merchant, UUID order) {
    return Optional.ofNullable(payments.get(new OrderKey(merchant, order)));
  }

  /** The payment of an order, begun where there is none. */
  OrderPayment findOrBegin(int merchant, UUID order, String currency) {
    return payments.computeIfAbsent(
        new OrderKey(merchant, order), key -> new OrderPayment(merchant, order, currency, true));
  }

  Iterable<OrderPayment> all() {
    return payments.values();
  }
}
