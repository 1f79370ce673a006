package dev.holdfast.commerce.transport;

import dev.holdfast.agent.Agent;
import dev.holdfast.agent.AgentHost;
import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.commerce.partners.CarrierGateway;
import dev.holdfast.commerce.partners.Reconciliation;
import dev.holdfast.commerce.shared.OrderKey;
import dev.holdfast.commerce.transport.TransportProtocol.AboutShipment;
import dev.holdfast.commerce.transport.TransportProtocol.CancelShipment;
import dev.holdfast.commerce.transport.TransportProtocol.CarrierNotice;
import dev.holdfast.commerce.transport.TransportProtocol.CreateShipment;
import dev.holdfast.commerce.transport.TransportProtocol.HandOver;
import dev.holdfast.commerce.transport.TransportProtocol.QuoteList;
import dev.holdfast.commerce.transport.TransportProtocol.Quotes;
import dev.holdfast.commerce.transport.TransportProtocol.Reconcile;
import dev.holdfast.commerce.transport.TransportProtocol.ShipmentOf;
import dev.holdfast.commerce.transport.TransportProtocol.TransportCommand;
import dev.holdfast.commerce.transport.TransportProtocol.TransportQuery;
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
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Chooses carriers, has labels made, hands parcels over and follows them to the door. */
public final class TransportAgent extends Agent<TransportCommand<?>, Shipments> {
  private final Database queries;
  private final Clock clock;
  private final CarrierBook book;
  private final TransportStore store = new TransportStore();
  private final ShipmentViewStore views = new ShipmentViewStore();
  private final TransportCalls calls;
  private final TransportRules rules;
  private final WithdrawalRules withdrawal;

  /**
   * An instance for one life.
   *
   * @param queries where questions are answered from
   * @param gateway the carriers, with whatever guards calls to them
   * @param book see {@link CarrierBook#shipped}
   */
  public TransportAgent(
      AgentHost host,
      Database queries,
      Clock clock,
      CarrierGateway gateway,
      CarrierBook book,
      TransportSettings settings) {
    super(host);
    this.queries = queries;
    this.clock = clock;
    this.book = book;
    this.calls = new TransportCalls(gateway, clock, settings, this::pause);
    this.rules = new TransportRules(book, settings);
    this.withdrawal = new WithdrawalRules(settings);
  }

  /**
   * The rounds over labels that must not stay valid.
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
    ShipmentViewStore shipments = new ShipmentViewStore();
    return new Reconciliation(
        "shipment",
        roundEvery,
        clock,
        (deadline, now, limit) -> shipments.toBeChecked(queries, deadline, now, limit),
        (id, order) -> ask.apply(id, new Reconcile(order.merchant(), order.order())),
        errors);
  }

  private Future<?> pause(long millis) {
    return vertx.timer(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  protected Future<Shipments> load(Tx tx, List<Entry<TransportCommand<?>>> batch) {
    return store.load(tx, batch.stream().map(entry -> order(entry.command())).toList());
  }

  private static OrderKey order(TransportCommand<?> command) {
    return switch (command) {
      case AboutShipment<?> about -> new OrderKey(about.merchant(), about.order());
    };
  }

  @Override
  protected Decision decide(Shipments work, Entry<TransportCommand<?>> entry) {
    return switch (entry.command()) {
      case CreateShipment create -> rules.create(work, entry, create);
      case CancelShipment cancel -> withdrawal.cancel(work, entry, cancel);
      case HandOver handOver -> rules.handOver(work, entry, handOver);
      case CarrierNotice notice -> rules.notice(work, notice);
      case Reconcile reconcile -> withdrawal.reconcile(work, entry, reconcile);
    };
  }

  @Override
  protected void save(Tx tx, Shipments work) {
    store.save(tx, work);
  }

  @Override
  protected boolean asksPartners() {
    return true;
  }

  @Override
  protected Future<?> call(Object request, Deadline deadline) {
    return calls.make((TransportCall) request, deadline);
  }

  @Override
  protected Future<?> answer(Query<?> query, Deadline deadline) {
    return switch ((TransportQuery<?>) query) {
      case ShipmentOf one -> views.shipment(queries, deadline, one);
      case Quotes quotes ->
          Future.succeededFuture(
              new QuoteList(book.quotes(quotes.country(), quotes.grams(), clock.today())));
    };
  }
}
