package dev.holdfast.commerce.payment;

import dev.holdfast.commerce.shared.Money;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Event;
import dev.holdfast.kernel.Query;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What may be said to the payment agent, and what it says. An order has one payment, its id. */
public interface PaymentProtocol {

  /** Commands to the payment agent. */
  sealed interface PaymentCommand<R> extends Command<R> {}

  /** Commands about one order's payment. */
  sealed interface AboutPayment<R> extends PaymentCommand<R> {
    UUID order();

    @Override
    default String parkingKey() {
      return order().toString();
    }
  }

  /**
   * Have the provider reserve an amount. Refused with {@code payment_declined} (conflict).
   *
   * @param amount positive
   * @param method the provider's token
   */
  record Authorise(int merchant, UUID order, Money amount, String method)
      implements AboutPayment<Authorised> {}

  /** The provider holds the money until then. */
  record Authorised(UUID order, String providerReference, Instant expiresAt) {}

  /**
   * Undo of {@link Authorise}: the provider lets the amount go. Done as well when there is none.
   */
  record VoidAuthorisation(int merchant, UUID order, String reason)
      implements AboutPayment<Voided> {}

  /** What was let go; zero when nothing had been reserved. */
  record Voided(UUID order, long amountMinor) {}

  /**
   * Take the authorised amount, or a part of it. Refused with {@code not_authorised}, {@code
   * exceeds_authorised} (conflict).
   */
  record Capture(int merchant, UUID order, Money amount) implements AboutPayment<Captured> {}

  /** The money was taken. */
  record Captured(UUID order, Money amount, String providerReference) {}

  /**
   * Give money back, spread over the captures of the given orders, the first one first. Refused
   * with {@code exceeds_captured} (conflict) when they have less left together.
   *
   * @param refund names the refund
   * @param orders oldest first
   * @param amount zero or more
   */
  record Refund(int merchant, UUID refund, List<UUID> orders, Money amount)
      implements PaymentCommand<Refunded> {
    public Refund {
      orders = List.copyOf(orders);
    }

    @Override
    public String parkingKey() {
      return refund.toString();
    }
  }

  /** The money went back, order by order. */
  record Refunded(UUID refund, List<RefundPart> parts) {
    public Refunded {
      parts = List.copyOf(parts);
    }
  }

  /** What one order's payment gave back. */
  record RefundPart(UUID order, Money amount, String providerReference) {}

  /**
   * The provider told us something by itself.
   *
   * @param key our key of the operation it is about
   * @param operation authorise, capture, void or refund
   */
  record ProviderNotice(
      int merchant,
      UUID order,
      String key,
      String operation,
      boolean succeeded,
      String providerReference,
      Instant at)
      implements AboutPayment<NoticeTaken> {}

  /** The notice is taken; whether it told something new. */
  record NoticeTaken(boolean news) {}

  /** Ask the provider about an operation whose end is not known here, and settle it. */
  record Reconcile(int merchant, UUID order) implements AboutPayment<Reconciled> {}

  /** How many operations of the order found their end. */
  record Reconciled(UUID order, int settled) {}

  /**
   * Enter an amount into the ledger that belongs to no order. Entered again under the same number:
   * nothing changes. Refused with {@code invalid_<field>} (invalid).
   *
   * @param source where the document comes from, at most 64 characters, or null
   * @param externalNumber its number there, at most 64 characters; unique for ever with merchant
   *     and source, or null; needs a source
   * @param amount what is owed to us more; may be negative
   * @param description 1 to 1,000 characters
   * @param bookedAt document time
   */
  record AdjustLedger(
      int merchant,
      String source,
      String externalNumber,
      Money amount,
      String description,
      Instant bookedAt)
      implements PaymentCommand<LedgerAdjusted> {
    @Override
    public String parkingKey() {
      return null;
    }
  }

  /** The amount is booked. */
  record LedgerAdjusted(UUID booking, Money amount) {}

  /** Questions to the payment agent. */
  sealed interface PaymentQuery<R> extends Query<R> {}

  /** One payment; refused as {@code unknown_payment} when there is none. */
  record PaymentOf(int merchant, UUID order) implements PaymentQuery<Payment> {}

  /** A payment as others see it. */
  record Payment(
      UUID order, Status status, Money authorised, Money captured, Money refunded, long version) {}

  /** Where a payment stands. */
  enum Status {
    PENDING,
    AUTHORISED,
    DECLINED,
    VOIDED,
    CAPTURED,
    REFUNDED
  }

  /** The provider holds money for an order. */
  record PaymentAuthorised(
      int merchant, String aggregate, long version, long amountMinor, String currency)
      implements Event {}

  /** The provider refused to hold money for an order. */
  record PaymentDeclined(int merchant, String aggregate, long version, String code)
      implements Event {}

  /** Nothing is held for an order any more. */
  record PaymentVoided(
      int merchant, String aggregate, long version, long amountMinor, String currency)
      implements Event {}

  /** Money for an order was taken. */
  record PaymentCaptured(
      int merchant, String aggregate, long version, long amountMinor, String currency)
      implements Event {}

  /** Money for an order went back. */
  record PaymentRefunded(
      int merchant, String aggregate, long version, long amountMinor, String currency)
      implements Event {}
}
