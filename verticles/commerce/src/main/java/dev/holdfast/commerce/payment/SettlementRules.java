package dev.holdfast.commerce.payment;

import dev.holdfast.commerce.partners.PaymentGateway.Answer;
import dev.holdfast.commerce.partners.PaymentGateway.Approved;
import dev.holdfast.commerce.partners.PaymentGateway.Declined;
import dev.holdfast.commerce.partners.PaymentGateway.Kind;
import dev.holdfast.commerce.payment.Operation.State;
import dev.holdfast.commerce.payment.PaymentCall.LetGo;
import dev.holdfast.commerce.payment.PaymentCall.LettingGo;
import dev.holdfast.commerce.payment.PaymentCall.NotFound;
import dev.holdfast.commerce.payment.PaymentCall.NothingHeld;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentAuthorised;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentCaptured;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentDeclined;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentRefunded;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentVoided;
import dev.holdfast.commerce.payment.PaymentProtocol.Status;
import dev.holdfast.kernel.Event;
import java.time.Instant;
import java.util.List;

/**
 * What the provider's word does to operation, payment and ledger. Each rule acts once: an operation
 * that is settled stays as it is, whoever brings the same word again.
 */
final class SettlementRules {
  private final PaymentSettings settings;

  SettlementRules(PaymentSettings settings) {
    this.settings = settings;
  }

  /** The provider answered an authorisation, a capture or a refund; returns the news. */
  List<Event> settle(
      Payments work, OrderPayment payment, Operation operation, Answer answer, Instant now) {
    if (operation.state == State.TURNING_BACK || operation.state == State.VOIDED) {
      unwanted(operation, answer, now);
      return List.of();
    }
    if (operation.state != State.ASKED) {
      return List.of();
    }
    return switch (answer) {
      case Declined declined -> declined(payment, operation, declined);
      case Approved approved -> approved(work, payment, operation, approved, now);
    };
  }

  /** It came for an authorisation that is being taken back: what holds has to be voided. */
  private static void unwanted(Operation operation, Answer answer, Instant now) {
    boolean known = operation.reference != null || operation.declinedFor != null;
    switch (answer) {
      case Approved approved -> {
        if (operation.state == State.TURNING_BACK || !known) {
          operation.reference = approved.reference();
          operation.expiresAt = approved.expiresAt();
          operation.becomes(State.TURNING_BACK, now);
        }
      }
      case Declined declined -> {
        operation.declinedFor = declined.code();
        operation.watchUntil = null;
        operation.becomes(State.VOIDED, null);
      }
    }
  }

  private static List<Event> declined(
      OrderPayment payment, Operation operation, Declined declined) {
    operation.declinedFor = declined.code();
    operation.becomes(State.DECLINED, null);
    if (operation.kind() != Kind.AUTHORISE) {
      return List.of();
    }
    payment.status = Status.DECLINED;
    return List.of(
        new PaymentDeclined(
            payment.merchant, payment.aggregate(), payment.next(), declined.code()));
  }

  private static List<Event> approved(
      Payments work, OrderPayment payment, Operation operation, Approved approved, Instant now) {
    operation.reference = approved.reference();
    operation.expiresAt = approved.expiresAt();
    operation.becomes(State.DONE, null);
    return List.of(
        switch (operation.kind()) {
          case AUTHORISE -> authorised(work, payment, operation, now);
          case CAPTURE -> captured(work, payment, operation, now);
          case REFUND -> refunded(work, payment, operation, now);
          case VOID -> throw new IllegalStateException("a void is no operation of its own");
        });
  }

  private static Event authorised(
      Payments work, OrderPayment payment, Operation operation, Instant now) {
    payment.status = Status.AUTHORISED;
    payment.authorisedMinor = operation.amountMinor;
    payment.authorisation = operation.reference;
    work.postings.addAll(
        Posting.authorise(operation.key, payment.currency, operation.amountMinor, now));
    return new PaymentAuthorised(
        payment.merchant,
        payment.aggregate(),
        payment.next(),
        operation.amountMinor,
        payment.currency);
  }

  private static Event captured(
      Payments work, OrderPayment payment, Operation operation, Instant now) {
    payment.status = Status.CAPTURED;
    payment.capturedMinor += operation.amountMinor;
    work.postings.addAll(
        Posting.capture(operation.key, payment.currency, operation.amountMinor, now));
    return new PaymentCaptured(
        payment.merchant,
        payment.aggregate(),
        payment.next(),
        operation.amountMinor,
        payment.currency);
  }

  private static Event refunded(
      Payments work, OrderPayment payment, Operation operation, Instant now) {
    payment.refundedMinor += operation.amountMinor;
    if (payment.refundedMinor == payment.capturedMinor) {
      payment.status = Status.REFUNDED;
    }
    work.postings.addAll(
        Posting.refund(operation.key, payment.currency, operation.amountMinor, now));
    return new PaymentRefunded(
        payment.merchant,
        payment.aggregate(),
        payment.next(),
        operation.amountMinor,
        payment.currency);
  }

  /** An authorisation is to be let go from now on. */
  void turnBack(Operation authorisation, Instant now) {
    authorisation.becomes(State.TURNING_BACK, now.plus(settings.checkAfter()));
  }

  /**
   * The provider was asked to let an authorisation go; returns the news.
   *
   * @param askedAt when it was decided to ask; what is not found later than the watch's end will
   *     not turn up any more
   */
  List<Event> letGo(
      Payments work,
      OrderPayment payment,
      Operation authorisation,
      LettingGo result,
      Instant askedAt,
      Instant now) {
    return switch (result) {
      case LetGo gone -> gone(work, payment, authorisation, gone, now);
      case NothingHeld nothing -> {
        if (authorisation.declinedFor == null) {
          authorisation.declinedFor = nothing.declinedFor();
        }
        yield ended(payment, authorisation);
      }
      case NotFound unknown -> watched(payment, authorisation, askedAt, now);
    };
  }

  private static List<Event> gone(
      Payments work, OrderPayment payment, Operation authorisation, LetGo gone, Instant now) {
    if (authorisation.state == State.VOIDED && !authorisation.isToBeChecked()) {
      return List.of();
    }
    boolean booked = gone.reference().equals(payment.authorisation);
    if (!booked) {
      work.postings.addAll(
          Posting.authorise(authorisation.key, payment.currency, authorisation.amountMinor, now));
    }
    work.postings.addAll(
        Posting.letGo(authorisation.key, payment.currency, authorisation.amountMinor, now));
    authorisation.reference = gone.reference();
    authorisation.expiresAt = gone.expiresAt();
    if (booked) {
      payment.authorisation = null;
      payment.authorisedMinor = 0;
    }
    ended(payment, authorisation);
    return List.of(
        new PaymentVoided(
            payment.merchant,
            payment.aggregate(),
            payment.next(),
            authorisation.amountMinor,
            payment.currency));
  }

  private static List<Event> ended(OrderPayment payment, Operation authorisation) {
    authorisation.watchUntil = null;
    authorisation.becomes(State.VOIDED, null);
    closed(payment, authorisation);
    return List.of();
  }

  private List<Event> watched(
      OrderPayment payment, Operation authorisation, Instant askedAt, Instant now) {
    if (authorisation.state == State.VOIDED && !authorisation.isToBeChecked()) {
      return List.of();
    }
    if (authorisation.reference != null) {
      // The question was older than the answer to the forward command, which we have by now.
      authorisation.becomes(State.TURNING_BACK, now.plus(settings.watchEvery()));
      return List.of();
    }
    if (authorisation.watchUntil == null) {
      authorisation.watchUntil = now.plus(settings.watchFor());
    }
    boolean over = askedAt.isAfter(authorisation.watchUntil);
    authorisation.becomes(State.VOIDED, over ? null : now.plus(settings.watchEvery()));
    closed(payment, authorisation);
    return List.of();
  }

  /** The payment of an order has no other authorisation that stands. */
  private static void closed(OrderPayment payment, Operation authorisation) {
    boolean another =
        payment
            .all(Kind.AUTHORISE)
            .anyMatch(one -> one != authorisation && (one.isOpen() || one.state == State.DONE));
    if (!another && payment.status != Status.VOIDED) {
      payment.status = Status.VOIDED;
      payment.changed = true;
    }
  }

  /** Nothing was found of an operation whose end is open: it is asked about again later. */
  void stillOpen(Operation operation, Instant now) {
    operation.becomes(operation.state, now.plus(settings.checkAfter()));
  }
}
