package dev.holdfast.commerce.payment;

import dev.holdfast.agent.Agent;
import dev.holdfast.agent.AgentHost;
import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.commerce.partners.PaymentGateway;
import dev.holdfast.commerce.partners.Reconciliation;
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
import dev.holdfast.commerce.shared.OrderKey;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Query;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Has the provider reserve, take and give back the money of orders, and keeps the ledger of it. */
public final class PaymentAgent extends Agent<PaymentCommand<?>, Payments> {
  private final Database queries;
  private final PaymentStore store = new PaymentStore();
  private final PaymentViewStore views = new PaymentViewStore();
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

  /**
   * The rounds over every operation whose end is not known, and over voided authorisations that may
   * still turn up.
   *
   * @param queries where they are looked for
   * @param roundEvery how long until the next round, asked before each
   * @param ask asks the agent, under a deadline
   * @param errors told of what failed on the way
   */
  public static Reconciliation reconciliation(
      Database queries,
      Clock clock,
      Supplier<Duration> roundEvery,
      BiFunction<CommandId, Reconcile, Future<?>> ask,
      ErrorReports errors) {
    PaymentViewStore payments = new PaymentViewStore();
    return new Reconciliation(
        "payment",
        roundEvery,
        clock,
        (deadline, now, limit) -> payments.toBeChecked(queries, deadline, now, limit),
        (id, order) -> ask.apply(id, new Reconcile(order.merchant(), order.order())),
        errors);
  }

  @Override
  protected Future<Payments> load(Tx tx, List<Entry<PaymentCommand<?>>> batch) {
    return store.load(tx, batch.stream().flatMap(entry -> orders(entry.command())).toList());
  }

  private static Stream<OrderKey> orders(PaymentCommand<?> command) {
    return switch (command) {
      case AboutPayment<?> about -> Stream.of(new OrderKey(about.merchant(), about.order()));
      case Refund refund ->
          refund.orders().stream().map(order -> new OrderKey(refund.merchant(), order));
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
      case PaymentOf one -> views.payment(queries, deadline, one);
    };
  }
}
