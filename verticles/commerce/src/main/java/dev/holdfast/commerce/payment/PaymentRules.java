package dev.holdfast.commerce.payment;

import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.agent.TimerSet;
import dev.holdfast.commerce.partners.PaymentGateway.Answer;
import dev.holdfast.commerce.partners.PaymentGateway.Kind;
import dev.holdfast.commerce.payment.Operation.State;
import dev.holdfast.commerce.payment.PaymentCall.AskAuthorise;
import dev.holdfast.commerce.payment.PaymentCall.AskCapture;
import dev.holdfast.commerce.payment.PaymentCall.AskVoid;
import dev.holdfast.commerce.payment.PaymentCall.LettingGo;
import dev.holdfast.commerce.payment.PaymentProtocol.Authorise;
import dev.holdfast.commerce.payment.PaymentProtocol.Authorised;
import dev.holdfast.commerce.payment.PaymentProtocol.Capture;
import dev.holdfast.commerce.payment.PaymentProtocol.Captured;
import dev.holdfast.commerce.payment.PaymentProtocol.Reconcile;
import dev.holdfast.commerce.payment.PaymentProtocol.Status;
import dev.holdfast.commerce.payment.PaymentProtocol.VoidAuthorisation;
import dev.holdfast.commerce.payment.PaymentProtocol.Voided;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Event;
import dev.holdfast.kernel.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Decisions about one order's authorisation and capture. */
final class PaymentRules {
  private final PaymentSettings settings;
  private final SettlementRules settlement;

  PaymentRules(PaymentSettings settings, SettlementRules settlement) {
    this.settings = settings;
    this.settlement = settlement;
  }

  /** See {@link Authorise}. */
  Decision authorise(Payments work, Entry<?> entry, Authorise command) {
    if (!command.amount().isPositive()) {
      return Decision.rejected(notPositive());
    }
    OrderPayment payment =
        work.findOrBegin(command.merchant(), command.order(), command.amount().currency());
    UUID id = entry.id().value();
    Optional<Operation> asked = payment.operation(Kind.AUTHORISE, id);
    if (asked.isEmpty()) {
      return beginAuthorise(payment, id, entry.now(), command);
    }
    Operation operation = asked.get();
    Optional<Answer> answer = entry.answer(Answer.class);
    if (answer.isEmpty()) {
      return operation.state == State.ASKED
          ? Decision.outside(askAuthorise(operation.key, command, true))
          : authorised(payment, operation);
    }
    boolean unwanted = operation.state == State.TURNING_BACK || operation.state == State.VOIDED;
    List<Event> news = settlement.settle(work, payment, operation, answer.get(), entry.now());
    Decision decision = tell(authorised(payment, operation), news);
    return unwanted && operation.state == State.TURNING_BACK
        ? decision.timer(letGoSoon(payment, operation, entry.now()))
        : decision;
  }

  private Decision beginAuthorise(OrderPayment payment, UUID id, Instant now, Authorise command) {
    boolean standing =
        payment.all(Kind.AUTHORISE).anyMatch(one -> one.isOpen() || one.state == State.DONE);
    if (standing) {
      return Decision.rejected(
          Refusal.conflict("already_authorised", "The order has an authorisation already."));
    }
    if (!payment.currency.equals(command.amount().currency())) {
      return Decision.rejected(currencyDiffers(payment));
    }
    OperationKey key = new OperationKey(payment.merchant, payment.order, Kind.AUTHORISE, id);
    payment.operations.add(
        Operation.intent(key, command.amount().minor(), now, now.plus(settings.checkAfter())));
    if (payment.status != Status.PENDING) {
      payment.status = Status.PENDING;
      payment.changed = true;
    }
    return Decision.outside(askAuthorise(key, command, false));
  }

  private static AskAuthorise askAuthorise(OperationKey key, Authorise command, boolean again) {
    return new AskAuthorise(key, command.amount(), command.method(), again);
  }

  private static Decision authorised(OrderPayment payment, Operation operation) {
    return switch (operation.state) {
      case DONE ->
          Decision.done(new Authorised(payment.order, operation.reference, operation.expiresAt));
      case DECLINED -> Decision.rejected(declined(operation));
      case TURNING_BACK, VOIDED -> Decision.rejected(Refusal.voided());
      case ASKED -> throw new IllegalStateException(operation.key.text() + " was not settled");
    };
  }

  /** Reconciliation would find it anyway; the timer makes it at once, and survives a kill. */
  private static TimerSet letGoSoon(OrderPayment payment, Operation operation, Instant now) {
    return new TimerSet(
        operation.key.text(),
        "let-go",
        now.toEpochMilli(),
        now,
        new Reconcile(payment.merchant, payment.order));
  }

  /** See {@link VoidAuthorisation}. */
  Decision voidAuthorisation(Payments work, Entry<?> entry, VoidAuthorisation command) {
    Optional<OrderPayment> known = work.find(command.merchant(), command.order());
    Optional<Operation> target =
        known.flatMap(payment -> target(payment, entry.undoes().orElse(null)));
    if (target.isEmpty()) {
      return Decision.done(new Voided(command.order(), 0));
    }
    OrderPayment payment = known.get();
    Operation authorisation = target.get();
    Optional<LettingGo> result = entry.answer(LettingGo.class);
    if (result.isPresent()) {
      Instant now = entry.now();
      return tell(
          letGone(authorisation),
          settlement.letGo(work, payment, authorisation, result.get(), now, now));
    }
    if (authorisation.state == State.VOIDED || authorisation.state == State.DECLINED) {
      return letGone(authorisation);
    }
    if (payment.capturedMinor > 0 || payment.asked(Kind.CAPTURE) > 0) {
      return Decision.rejected(
          Refusal.conflict("already_captured", "The amount was captured; refund it instead."));
    }
    settlement.turnBack(authorisation, entry.now());
    return Decision.outside(new AskVoid(authorisation.key));
  }

  /** The one that is to be undone, else the latest that stands. */
  private static Optional<Operation> target(OrderPayment payment, CommandId forward) {
    if (forward != null) {
      return payment.operation(Kind.AUTHORISE, forward.value());
    }
    return payment
        .all(Kind.AUTHORISE)
        .filter(one -> one.isOpen() || one.state == State.DONE)
        .findFirst();
  }

  private static Decision letGone(Operation authorisation) {
    long amount = authorisation.reference == null ? 0 : authorisation.amountMinor;
    return Decision.done(new Voided(authorisation.key.order(), amount));
  }

  /** See {@link Capture}. */
  Decision capture(Payments work, Entry<?> entry, Capture command) {
    UUID id = entry.id().value();
    Optional<OrderPayment> known = work.find(command.merchant(), command.order());
    Optional<Operation> asked = known.flatMap(payment -> payment.operation(Kind.CAPTURE, id));
    if (asked.isEmpty()) {
      return beginCapture(known, id, entry.now(), command);
    }
    OrderPayment payment = known.get();
    Operation operation = asked.get();
    Optional<Answer> answer = entry.answer(Answer.class);
    if (answer.isEmpty() && operation.state == State.ASKED) {
      return Decision.outside(
          new AskCapture(operation.key, payment.authorisation, command.amount(), true));
    }
    List<Event> news =
        answer
            .map(given -> settlement.settle(work, payment, operation, given, entry.now()))
            .orElse(List.of());
    return tell(captured(payment, operation), news);
  }

  private Decision beginCapture(
      Optional<OrderPayment> known, UUID id, Instant now, Capture command) {
    if (!command.amount().isPositive()) {
      return Decision.rejected(notPositive());
    }
    Optional<OrderPayment> authorised = known.filter(PaymentRules::isAuthorised);
    if (authorised.isEmpty()) {
      return Decision.rejected(
          Refusal.conflict("not_authorised", "The order has no authorised amount."));
    }
    OrderPayment payment = authorised.get();
    if (!payment.currency.equals(command.amount().currency())) {
      return Decision.rejected(currencyDiffers(payment));
    }
    if (command.amount().minor() > payment.leftToCapture()) {
      return Decision.rejected(
          Refusal.conflict("exceeds_authorised", "More than is left of the authorised amount."));
    }
    OperationKey key = new OperationKey(payment.merchant, payment.order, Kind.CAPTURE, id);
    payment.operations.add(
        Operation.intent(key, command.amount().minor(), now, now.plus(settings.checkAfter())));
    return Decision.outside(new AskCapture(key, payment.authorisation, command.amount(), false));
  }

  private static boolean isAuthorised(OrderPayment payment) {
    return payment.authorisation != null
        && payment.all(Kind.AUTHORISE).anyMatch(one -> one.state == State.DONE);
  }

  private static Decision captured(OrderPayment payment, Operation operation) {
    return operation.state == State.DONE
        ? Decision.done(
            new Captured(payment.order, payment.money(operation.amountMinor), operation.reference))
        : Decision.rejected(
            Refusal.conflict(
                "capture_declined",
                "The provider declined the capture: " + operation.declinedFor + "."));
  }

  static Decision tell(Decision decision, List<Event> news) {
    Decision told = decision;
    for (Event event : news) {
      told = told.tell(event);
    }
    return told;
  }

  private static Refusal declined(Operation operation) {
    return Refusal.conflict(
        "payment_declined", "The provider declined the payment: " + operation.declinedFor + ".");
  }

  private static Refusal notPositive() {
    return Refusal.invalid("amount_not_positive", "The amount must be positive.");
  }

  private static Refusal currencyDiffers(OrderPayment payment) {
    return Refusal.invalid("currency_differs", "The payment is in " + payment.currency + ".");
  }
}
