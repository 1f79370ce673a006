package dev.holdfast.commerce.payment;

import dev.holdfast.commerce.partners.PaymentGateway.Kind;
import dev.holdfast.commerce.payment.PaymentProtocol.Status;
import dev.holdfast.commerce.shared.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The payment of one order with all its operations, as the batch has it in hand. */
final class OrderPayment {
  final int merchant;
  final UUID order;
  final String currency;
  final boolean isNew;
  final List<Operation> operations = new ArrayList<>();
  Status status = Status.PENDING;
  long authorisedMinor;
  long capturedMinor;
  long refundedMinor;
  String authorisation;
  long version;
  boolean changed;

  OrderPayment(int merchant, UUID order, String currency, boolean isNew) {
    this.merchant = merchant;
    this.order = order;
    this.currency = currency;
    this.isNew = isNew;
  }

  Money money(long minor) {
    return new Money(minor, currency);
  }

  Optional<Operation> operation(Kind kind, UUID id) {
    return operations.stream().filter(one -> one.is(kind, id)).findFirst();
  }

  Stream<Operation> all(Kind kind) {
    return operations.stream().filter(one -> one.kind() == kind);
  }

  /** What captures may still take; what is asked and not yet answered counts as taken. */
  long leftToCapture() {
    return authorisedMinor - capturedMinor - asked(Kind.CAPTURE);
  }

  /** What refunds may still take; what is asked and not yet answered counts as taken. */
  long leftToRefund() {
    return capturedMinor - refundedMinor - asked(Kind.REFUND);
  }

  long asked(Kind kind) {
    return all(kind)
        .filter(one -> one.state == Operation.State.ASKED)
        .mapToLong(one -> one.amountMinor)
        .sum();
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
