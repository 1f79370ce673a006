package dev.holdfast.commerce.payment;

import dev.holdfast.agent.Agent;
import dev.holdfast.agent.AgentHost;
import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.commerce.partners.PaymentGateway;
import dev.holdfast.commerce.payment.PaymentProtocol.AboutPayment;
import dev.holdfast.commerce.payment.PaymentProtocol.AdjustLedger;
import dev.holdfast.commerce.payment.PaymentProtocol.Authorise;
import dev.holdfast.commerce.payment.PaymentProtocol.Capture;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentCommand;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentOf;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentQuery;
import dev.holdfast.commerce.payment.PaymentProtocol.ProviderNotice;
import dev.holdfast.commerce.payment.PaymentProtocol.Reconcile;
import dev.holdfast.commerce.payment.PaymentProtocol.Refund;
import dev.holdfast.commerce.payment.PaymentProtocol.VoidAuthorisation;
import dev.holdfast.commerce.payment.Payments.Place;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Query;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;

/** Has the provider reserve, take and give back the money of orders, and keeps the ledger of it. */
public final class PaymentAgent extends Agent<PaymentCommand<?>, Payments> {
  private final Database queries;
  private final PaymentStore store = new PaymentStore();
  private final LedgerStore ledger = new LedgerStore();
  private final AdjustmentStore adjustments = new AdjustmentStore();
  private final PaymentCalls calls;
  private final PaymentRules payments;
  private final RefundRules refunds;
  private final ReconciliationRules reconciliation;

  /**
   * An instance for one life.
   *
   * @param queries where questions are answered from
   * @param gateway the provider, with whatever guards calls to it
   */
  public PaymentAgent(
      AgentHost host, Database queries, PaymentGateway gateway, PaymentSettings settings) {
    super(host);
    SettlementRules settlement = new SettlementRules(settings);
    this.queries = queries;
    this.calls = new PaymentCalls(gateway);
    this.payments = new PaymentRules(settings, settlement);
    this.refunds = new RefundRules(settings, settlement);
    this.reconciliation = new ReconciliationRules(settlement);
  }

  @Override
  protected Future<Payments> load(Tx tx, List<Entry<PaymentCommand<?>>> batch) {
    return store.load(tx, batch.stream().flatMap(entry -> places(entry.command())).toList());
  }

  private static Stream<Place> places(PaymentCommand<?> command) {
    return switch (command) {
      case AboutPayment<?> about -> Stream.of(new Place(about.merchant(), about.order()));
      case Refund refund ->
          refund.orders().stream().map(order -> new Place(refund.merchant(), order));
      case AdjustLedger adjust -> Stream.empty();
    };
  }

  @Override
  protected Decision decide(Payments work, Entry<PaymentCommand<?>> entry) {
    return switch (entry.command()) {
      case Authorise authorise -> payments.authorise(work, entry, authorise);
      case VoidAuthorisation letGo -> payments.voidAuthorisation(work, entry, letGo);
      case Capture capture -> payments.capture(work, entry, capture);
      case Refund refund -> refunds.refund(work, entry, refund);
      case ProviderNotice notice -> reconciliation.notice(work, entry, notice);
      case Reconcile reconcile -> reconciliation.reconcile(work, entry, reconcile);
      case AdjustLedger adjust -> AdjustmentRules.adjust(work, adjust, entry.id().value());
    };
  }

  @Override
  protected void save(Tx tx, Payments work) {
    store.save(tx, work);
    adjustments.insert(tx, work.adjustments);
  }

  @Override
  protected boolean asksPartners() {
    return true;
  }

  @Override
  protected Future<?> call(Object request, Deadline deadline) {
    return calls.make((PaymentCall) request, deadline);
  }

  @Override
  protected Future<?> answer(Query<?> query, Deadline deadline) {
    return switch ((PaymentQuery<?>) query) {
      case PaymentOf one -> ledger.payment(queries, deadline, one);
    };
  }
}
