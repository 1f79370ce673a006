package dev.holdfast.commerce.payment;

import static dev.holdfast.commerce.testing.AgentDatabase.await;
import static dev.holdfast.commerce.testing.AgentDatabase.soon;

import dev.holdfast.commerce.partners.PaymentGateway;
import dev.holdfast.commerce.partners.PaymentSimulator;
import dev.holdfast.commerce.partners.Reconciliation;
import dev.holdfast.commerce.partners.SimulatorSettings;
import dev.holdfast.commerce.payment.PaymentProtocol.Authorise;
import dev.holdfast.commerce.payment.PaymentProtocol.Capture;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentCommand;
import dev.holdfast.commerce.payment.PaymentProtocol.VoidAuthorisation;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.testing.AgentDatabase;
import dev.holdfast.commerce.testing.LaneModel;
import dev.holdfast.commerce.testing.LaneModel.Wish;
import dev.holdfast.commerce.testing.PartnerDatabase;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.postgres.Database;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.Reports;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.BiFunction;

/** A payment agent, its database, and a simulated provider with a database of its own. */
final class PaymentStage implements AutoCloseable {
  static final int MERCHANT = 1;
  static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  static final PaymentSettings SETTINGS =
      new PaymentSettings(
          Duration.ofMillis(300),
          Duration.ofMillis(200),
          Duration.ofSeconds(3),
          Duration.ofMillis(100));

  final Vertx vertx = Vertx.vertx();
  final TestDatabase ours;
  final TestDatabase theirs = TestDatabase.create(PostgresExtension.server());
  final AgentDatabase database;
  final Database providerDatabase;
  final PaymentSimulator provider;
  final LaneModel<PaymentCommand<?>, Payments> lane;
  final Reconciliation reconciliation;
  final PaymentBooks books;

  PaymentStage(TestDatabase empty, SimulatorSettings settings) {
    this(empty, settings, (provider, vertx) -> provider);
  }

  /**
   * @param guarded the provider as the agent gets it
   */
  PaymentStage(
      TestDatabase empty,
      SimulatorSettings settings,
      BiFunction<PaymentGateway, Vertx, PaymentGateway> guarded) {
    ours = empty;
    database = new AgentDatabase(empty, "payment");
    providerDatabase = PartnerDatabase.open(vertx, theirs);
    provider =
        new PaymentSimulator(
            vertx, Clock.system(), providerDatabase, settings, Reports.of(Clock.system()));
    await(provider.start());
    lane =
        new LaneModel<>(
            new PaymentAgent(null, database.database(), guarded.apply(provider, vertx), SETTINGS),
            database.database());
    reconciliation =
        PaymentAgent.reconciliation(
            database.database(),
            Clock.system(),
            SETTINGS::roundEvery,
            (id, command) -> lane.ask(new Wish<>(id, command, null), Duration.ofSeconds(2)),
            Reports.of(Clock.system()));
    books = new PaymentBooks(database.database(), provider, Clock.system());
    provider.onNotice(
        notice ->
            PaymentNotices.of(notice)
                .<Future<?>>map(
                    told ->
                        lane.ask(
                            new Wish<>(told.id(), told.command(), null), Duration.ofSeconds(2)))
                .orElseGet(Future::succeededFuture));
  }

  static Money pounds(long minor) {
    return new Money(minor, "GBP");
  }

  static Wish<PaymentCommand<?>> authorise(UUID order, long minor, String token) {
    return new Wish<>(
        CommandId.ofStep(order, "authorise", 0, DAY),
        new Authorise(MERCHANT, order, pounds(minor), token),
        null);
  }

  static Wish<PaymentCommand<?>> undo(Wish<PaymentCommand<?>> authorise) {
    UUID order = ((Authorise) authorise.command()).order();
    return new Wish<>(
        authorise.id().undo(DAY),
        new VoidAuthorisation(MERCHANT, order, "turned back"),
        authorise.id());
  }

  static Wish<PaymentCommand<?>> capture(UUID order, long minor) {
    return new Wish<>(
        CommandId.ofStep(order, "capture", 0, DAY),
        new Capture(MERCHANT, order, pounds(minor)),
        null);
  }

  static Wish<PaymentCommand<?>> wish(PaymentCommand<?> command) {
    return new Wish<>(CommandId.ofStep(UUID.randomUUID(), "other", 0, DAY), command, null);
  }

  Outcome<?> ask(Wish<PaymentCommand<?>> wish) {
    return lane.askUntilAnswered(wish, Duration.ofSeconds(2));
  }

  /** Whatever the books say differently, or null. */
  String difference(String currency) {
    PaymentBooks.Balances own = await(books.balances(currency));
    PaymentSimulator.Totals other = await(provider.totals(currency, soon()));
    PaymentBooks.Comparison comparison = await(books.compare());
    boolean equal =
        own.openMinor() == other.openMinor()
            && own.capturedMinor() == other.capturedMinor()
            && own.refundedMinor() == other.refundedMinor()
            && own.sumMinor() == 0
            && comparison.count() == 0;
    return equal ? null : own + " " + other + " " + comparison;
  }

  @Override
  public void close() {
    provider.close();
    await(providerDatabase.close());
    database.close();
    await(vertx.close());
    theirs.close();
  }
}
