package dev.holdfast.commerce.transport;

import static dev.holdfast.commerce.testing.AgentDatabase.await;

import dev.holdfast.commerce.partners.CarrierSimulator;
import dev.holdfast.commerce.partners.Reconciliation;
import dev.holdfast.commerce.partners.SimulatorSettings;
import dev.holdfast.commerce.testing.AgentDatabase;
import dev.holdfast.commerce.testing.LaneModel;
import dev.holdfast.commerce.testing.LaneModel.Wish;
import dev.holdfast.commerce.testing.PartnerDatabase;
import dev.holdfast.commerce.transport.TransportProtocol.CancelShipment;
import dev.holdfast.commerce.transport.TransportProtocol.CreateShipment;
import dev.holdfast.commerce.transport.TransportProtocol.HandOver;
import dev.holdfast.commerce.transport.TransportProtocol.TransportCommand;
import dev.holdfast.kernel.Backoff;
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

/** A transport agent, its database, and simulated carriers with a database of their own. */
final class TransportStage implements AutoCloseable {
  static final int MERCHANT = 1;
  static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  static final TransportSettings SETTINGS =
      new TransportSettings(
          3,
          new Backoff(Duration.ofMillis(2), Duration.ofMillis(10)),
          Duration.ofMillis(200),
          Duration.ofSeconds(2),
          Duration.ofMillis(100));

  final Vertx vertx = Vertx.vertx();
  final TestDatabase ours;
  final TestDatabase theirs = TestDatabase.create(PostgresExtension.server());
  final AgentDatabase database;
  final Database carrierDatabase;
  final CarrierSimulator carriers;
  final LaneModel<TransportCommand<?>, Shipments> lane;
  final Reconciliation reconciliation;
  final TransportBooks books;

  TransportStage(TestDatabase empty, SimulatorSettings settings) {
    ours = empty;
    database = new AgentDatabase(empty, "transport");
    carrierDatabase = PartnerDatabase.open(vertx, theirs);
    carriers =
        new CarrierSimulator(
            vertx, Clock.system(), carrierDatabase, settings, Reports.of(Clock.system()));
    await(carriers.start());
    TransportAgent agent =
        new TransportAgent(
            null, database.database(), Clock.system(), carriers, CarrierBook.shipped(), SETTINGS);
    agent.init(vertx, vertx.getOrCreateContext());
    lane = new LaneModel<>(agent, database.database());
    reconciliation =
        TransportAgent.reconciliation(
            database.database(),
            Clock.system(),
            SETTINGS::roundEvery,
            (id, command) -> lane.ask(new Wish<>(id, command, null), Duration.ofSeconds(2)),
            Reports.of(Clock.system()));
    books = new TransportBooks(database.database(), carriers, Clock.system());
    carriers.onNotice(
        notice ->
            TransportNotices.of(notice)
                .<Future<?>>map(
                    told ->
                        lane.ask(
                            new Wish<>(told.id(), told.command(), null), Duration.ofSeconds(2)))
                .orElseGet(Future::succeededFuture));
  }

  static Wish<TransportCommand<?>> wanted(UUID order) {
    return new Wish<>(
        CommandId.ofStep(order, "ship", 0, DAY),
        new CreateShipment(MERCHANT, order, order, "GB", 2_500),
        null);
  }

  static Wish<TransportCommand<?>> undo(Wish<TransportCommand<?>> create) {
    UUID order = ((CreateShipment) create.command()).order();
    return new Wish<>(create.id().undo(DAY), new CancelShipment(MERCHANT, order), create.id());
  }

  static Wish<TransportCommand<?>> handOver(UUID order) {
    return new Wish<>(
        CommandId.ofStep(order, "hand-over", 0, DAY), new HandOver(MERCHANT, order), null);
  }

  static Wish<TransportCommand<?>> wish(TransportCommand<?> command) {
    return new Wish<>(CommandId.ofStep(UUID.randomUUID(), "other", 0, DAY), command, null);
  }

  Outcome<?> ask(Wish<TransportCommand<?>> wish) {
    return lane.askUntilAnswered(wish, Duration.ofSeconds(2));
  }

  @Override
  public void close() {
    carriers.close();
    await(carrierDatabase.close());
    database.close();
    await(vertx.close());
    theirs.close();
  }
}
