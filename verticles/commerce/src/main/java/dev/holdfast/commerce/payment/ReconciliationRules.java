package dev.holdfast.commerce.payment;

import static dev.holdfast.commerce.payment.PaymentRules.tell;

import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.commerce.partners.PaymentGateway.Kind;
import dev.holdfast.commerce.payment.Operation.State;
import dev.holdfast.commerce.payment.PaymentCall.AskAbout;
import dev.holdfast.commerce.payment.PaymentCall.Findings;
import dev.holdfast.commerce.payment.PaymentCall.Found;
import dev.holdfast.commerce.payment.PaymentCall.Freed;
import dev.holdfast.commerce.payment.PaymentProtocol.NoticeTaken;
import dev.holdfast.commerce.payment.PaymentProtocol.ProviderNotice;
import dev.holdfast.commerce.payment.PaymentProtocol.Reconcile;
import dev.holdfast.commerce.payment.PaymentProtocol.Reconciled;
import dev.holdfast.kernel.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Decisions about what is not known for sure: reconciliation, and what the provider tells. */
final class ReconciliationRules {
  private final SettlementRules settlement;

  ReconciliationRules(SettlementRules settlement) {
    this.settlement = settlement;
  }

  /** See {@link Reconcile}. */
  Decision reconcile(Payments work, Entry<?> entry, Reconcile command) {
    Optional<OrderPayment> known = work.find(command.merchant(), command.order());
    if (known.isEmpty()) {
      return Decision.done(new Reconciled(command.order(), 0));
    }
    Optional<Findings> findings = entry.answer(Findings.class);
    if (findings.isPresent()) {
      List<Event> news = new ArrayList<>();
      int settled = settle(work, known.get(), findings.get(), entry.now(), news);
      return tell(Decision.done(new Reconciled(command.order(), settled)), news);
    }
    AskAbout ask = about(known.get(), Operation::isToBeChecked, entry.now());
    return ask.look().isEmpty() && ask.letGo().isEmpty()
        ? Decision.done(new Reconciled(command.order(), 0))
        : Decision.outside(ask);
  }

  /**
   * See {@link ProviderNotice}. A notice is a hint to ask, never a proof: it may be late, double or
   * forged.
   */
  Decision notice(Payments work, Entry<?> entry, ProviderNotice command) {
    Optional<OrderPayment> known = work.find(command.merchant(), command.order());
    Optional<OperationKey> key = OperationKey.parse(command.key()).map(OperationKey::ofOperation);
    if (known.isEmpty() || key.isEmpty()) {
      return Decision.done(new NoticeTaken(false));
    }
    Optional<Findings> findings = entry.answer(Findings.class);
    if (findings.isPresent()) {
      List<Event> news = new ArrayList<>();
      int settled = settle(work, known.get(), findings.get(), entry.now(), news);
      return tell(Decision.done(new NoticeTaken(settled > 0)), news);
    }
    AskAbout ask =
        about(known.get(), one -> one.key.equals(key.get()) && one.isToBeChecked(), entry.now());
    return ask.look().isEmpty() && ask.letGo().isEmpty()
        ? Decision.done(new NoticeTaken(false))
        : Decision.outside(ask);
  }

  private static AskAbout about(OrderPayment payment, Predicate<Operation> which, Instant now) {
    List<OperationKey> look = new ArrayList<>();
    List<OperationKey> letGo = new ArrayList<>();
    payment.operations.stream()
        .filter(which)
        .forEach(one -> (one.state == State.ASKED ? look : letGo).add(one.key));
    return new AskAbout(payment.order, look, letGo, now);
  }

  private int settle(
      Payments work, OrderPayment payment, Findings findings, Instant now, List<Event> news) {
    int settled = 0;
    for (Found found : findings.looked()) {
      settled += look(work, payment, found, now, news) ? 1 : 0;
    }
    for (Freed freed : findings.letGo()) {
      Optional<Operation> operation = payment.operation(Kind.AUTHORISE, freed.key().id());
      if (operation.isPresent() && operation.get().isToBeChecked()) {
        news.addAll(
            settlement.letGo(work, payment, operation.get(), freed.result(), findings.at(), now));
        settled += operation.get().isToBeChecked() ? 0 : 1;
      }
    }
    return settled;
  }

  private boolean look(
      Payments work, OrderPayment payment, Found found, Instant now, List<Event> news) {
    Optional<Operation> open =
        payment.operation(found.key().kind(), found.key().id()).filter(Operation::isOpen);
    if (open.isEmpty()) {
      return false;
    }
    if (found.movement() == null) {
      settlement.stillOpen(open.get(), now);
      return false;
    }
    news.addAll(settlement.settle(work, payment, open.get(), found.movement().answer(), now));
    return !open.get().isToBeChecked();
  }
}
