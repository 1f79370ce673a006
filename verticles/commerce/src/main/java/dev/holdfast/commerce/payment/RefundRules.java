package dev.holdfast.commerce.payment;

import static dev.holdfast.commerce.payment.PaymentRules.tell;

import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.commerce.partners.PaymentGateway.Kind;
import dev.holdfast.commerce.payment.Operation.State;
import dev.holdfast.commerce.payment.PaymentCall.AskRefund;
import dev.holdfast.commerce.payment.PaymentCall.RefundAnswer;
import dev.holdfast.commerce.payment.PaymentCall.RefundAnswers;
import dev.holdfast.commerce.payment.PaymentCall.RefundCall;
import dev.holdfast.commerce.payment.PaymentProtocol.Refund;
import dev.holdfast.commerce.payment.PaymentProtocol.RefundPart;
import dev.holdfast.commerce.payment.PaymentProtocol.Refunded;
import dev.holdfast.kernel.Event;
import dev.holdfast.kernel.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Decisions about giving money back, over the captures of several orders. */
final class RefundRules {
  private final PaymentSettings settings;
  private final SettlementRules settlement;

  RefundRules(PaymentSettings settings, SettlementRules settlement) {
    this.settings = settings;
    this.settlement = settlement;
  }

  /** One order's part, with the payment it belongs to. */
  private record Part(OrderPayment payment, Operation operation) {}

  /** See {@link Refund}. */
  Decision refund(Payments work, Entry<?> entry, Refund command) {
    List<OrderPayment> payments = payments(work, command);
    List<Part> asked = parts(payments, command.refund());
    if (asked.isEmpty()) {
      return begin(payments, entry.now(), command);
    }
    Optional<RefundAnswers> answers = entry.answer(RefundAnswers.class);
    boolean open = asked.stream().anyMatch(part -> part.operation().state == State.ASKED);
    if (answers.isEmpty() && open) {
      return Decision.outside(ask(asked, true));
    }
    List<Event> news = new ArrayList<>();
    answers
        .map(RefundAnswers::parts)
        .orElse(List.of())
        .forEach(answer -> news.addAll(settle(work, asked, answer, entry.now())));
    return tell(refunded(command.refund(), asked), news);
  }

  private static List<OrderPayment> payments(Payments work, Refund command) {
    return new LinkedHashSet<>(command.orders())
        .stream()
            .map(order -> work.find(command.merchant(), order).orElse(null))
            .filter(Objects::nonNull)
            .toList();
  }

  private static List<Part> parts(List<OrderPayment> payments, UUID refund) {
    List<Part> parts = new ArrayList<>();
    for (OrderPayment payment : payments) {
      payment
          .operation(Kind.REFUND, refund)
          .ifPresent(operation -> parts.add(new Part(payment, operation)));
    }
    return parts;
  }

  private Decision begin(List<OrderPayment> payments, Instant now, Refund command) {
    long wanted = command.amount().minor();
    if (wanted < 0) {
      return Decision.rejected(
          Refusal.invalid("amount_not_positive", "A refund can't be negative."));
    }
    if (wanted == 0) {
      return Decision.done(new Refunded(command.refund(), List.of()));
    }
    List<OrderPayment> usable =
        payments.stream()
            .filter(payment -> payment.currency.equals(command.amount().currency()))
            .toList();
    if (wanted > usable.stream().mapToLong(OrderPayment::leftToRefund).sum()) {
      return Decision.rejected(
          Refusal.conflict("exceeds_captured", "More than those orders have left captured."));
    }
    return Decision.outside(ask(spread(usable, wanted, now, command), false));
  }

  /** The first order gives what it has, then the next. */
  private List<Part> spread(List<OrderPayment> payments, long wanted, Instant now, Refund command) {
    List<Part> parts = new ArrayList<>();
    long left = wanted;
    for (OrderPayment payment : payments) {
      long amount = Math.min(left, payment.leftToRefund());
      if (amount > 0) {
        OperationKey key =
            new OperationKey(payment.merchant, payment.order, Kind.REFUND, command.refund());
        Operation operation = Operation.intent(key, amount, now, now.plus(settings.checkAfter()));
        payment.operations.add(operation);
        parts.add(new Part(payment, operation));
        left -= amount;
      }
    }
    return parts;
  }

  private static AskRefund ask(List<Part> parts, boolean again) {
    return new AskRefund(
        parts.stream()
            .filter(part -> part.operation().state == State.ASKED)
            .map(
                part ->
                    new RefundCall(
                        part.operation().key,
                        part.payment().authorisation,
                        part.payment().money(part.operation().amountMinor),
                        again))
            .toList());
  }

  private List<Event> settle(Payments work, List<Part> parts, RefundAnswer answer, Instant now) {
    return parts.stream()
        .filter(part -> part.operation().key.equals(answer.key()))
        .flatMap(
            part ->
                settlement
                    .settle(work, part.payment(), part.operation(), answer.answer(), now)
                    .stream())
        .toList();
  }

  private static Decision refunded(UUID refund, List<Part> parts) {
    List<RefundPart> done =
        parts.stream()
            .filter(part -> part.operation().state == State.DONE)
            .map(
                part ->
                    new RefundPart(
                        part.payment().order,
                        part.payment().money(part.operation().amountMinor),
                        part.operation().reference))
            .toList();
    if (done.isEmpty()) {
      return Decision.rejected(
          Refusal.conflict("refund_declined", "The provider declined the refund."));
    }
    return Decision.done(new Refunded(refund, done));
  }
}
