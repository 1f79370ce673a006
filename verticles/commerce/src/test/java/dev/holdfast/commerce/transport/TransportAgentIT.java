package dev.holdfast.commerce.transport;

import static dev.holdfast.commerce.transport.TransportStage.MERCHANT;
import static dev.holdfast.commerce.transport.TransportStage.handOver;
import static dev.holdfast.commerce.transport.TransportStage.undo;
import static dev.holdfast.commerce.transport.TransportStage.wanted;
import static dev.holdfast.commerce.transport.TransportStage.wish;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.Decision;
import dev.holdfast.agent.RunSignal;
import dev.holdfast.commerce.partners.Fault;
import dev.holdfast.commerce.partners.LabelNumber;
import dev.holdfast.commerce.partners.SimulatorSettings;
import dev.holdfast.commerce.testing.AgentDatabase;
import dev.holdfast.commerce.testing.LaneModel.Wish;
import dev.holdfast.commerce.transport.TransportProtocol.CarrierNotice;
import dev.holdfast.commerce.transport.TransportProtocol.HandedOver;
import dev.holdfast.commerce.transport.TransportProtocol.NoticeTaken;
import dev.holdfast.commerce.transport.TransportProtocol.ShipmentCancelled;
import dev.holdfast.commerce.transport.TransportProtocol.ShipmentCreated;
import dev.holdfast.commerce.transport.TransportProtocol.TransportCommand;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class TransportAgentIT {
  private static final SimulatorSettings CALM =
      SimulatorSettings.calm(5)
          .withDelays(Duration.ofMillis(40), Duration.ofMillis(400), Duration.ofMillis(100));
  private static TransportStage stage;
  private final UUID order = UUID.randomUUID();

  @BeforeAll
  static void open(TestDatabase empty) {
    stage = new TransportStage(empty, CALM);
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  /** Every test leaves no label without a shipment, and no shipment without a label. */
  @AfterEach
  void labels_and_shipments_agree() {
    stage.carriers.use(CALM);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              AgentDatabase.await(stage.reconciliation.round());
              return AgentDatabase.await(stage.books.strays()) == 0
                  && stage.theirs.number("SELECT count(*) FROM partner.late") == 0
                  && AgentDatabase.await(stage.books.compare()).agrees();
            });
  }

  @Test
  void the_best_carrier_makes_one_label_however_often_it_is_asked() {
    ShipmentCreated first = done(ShipmentCreated.class, wanted(order));
    assertEquals(first, done(ShipmentCreated.class, wanted(order)));
    assertTrue(LabelNumber.isValid(first.tracking()));
    assertEquals(3, first.alternatives().size());
    assertEquals("GBP", first.cost().currency());
    assertEquals("DPD", first.carrier());
  }

  @Test
  void a_parcel_handed_over_is_delivered_and_its_run_is_told_once() {
    done(ShipmentCreated.class, wanted(order));
    done(HandedOver.class, handOver(order));
    await().atMost(Duration.ofSeconds(10)).until(() -> signals() == 1);
    assertEquals("DELIVERED", state());
    ShipmentCreated created = done(ShipmentCreated.class, wanted(order));
    assertEquals(
        false,
        done(NoticeTaken.class, wish(notice(created.tracking(), TransportProtocol.State.DELIVERED)))
            .news());
    assertEquals(
        false,
        done(NoticeTaken.class, wish(notice(created.tracking(), TransportProtocol.State.PICKED_UP)))
            .news());
    assertEquals(1, signals());
    assertEquals("already_handed_over", refused(undo(wanted(order))).code());
  }

  @Test
  void a_notice_about_another_label_changes_nothing() {
    done(ShipmentCreated.class, wanted(order));
    assertEquals(
        false,
        done(NoticeTaken.class, wish(notice("DP0", TransportProtocol.State.DELIVERED))).news());
    assertEquals("CREATED", state());
  }

  @Test
  void when_a_carrier_refuses_the_next_one_makes_the_label() {
    stage.carriers.use(CALM.with(Fault.LABEL_REFUSED, 0.5));
    int moved = 0;
    for (int i = 0; i < 20; i++) {
      Outcome<?> outcome = stage.ask(wanted(UUID.randomUUID()));
      moved +=
          outcome instanceof Outcome.Done<?> made
                  && !((ShipmentCreated) made.reply()).carrier().equals("DPD")
              ? 1
              : 0;
    }
    assertTrue(moved > 0, "no order went to the next carrier");
  }

  @Test
  void when_a_carrier_is_silent_the_next_one_makes_the_label() {
    stage.carriers.use(CALM.with(Fault.LABEL_UNAVAILABLE, 0.5));
    int moved = 0;
    for (int i = 0; i < 10; i++) {
      UUID one = UUID.randomUUID();
      try {
        Outcome<?> outcome =
            AgentDatabase.await(stage.lane.ask(wanted(one), Duration.ofSeconds(2)));
        moved += ((ShipmentCreated) outcome.orThrow()).carrier().equals("DPD") ? 0 : 1;
      } catch (Unavailable allSilent) {
        // No carrier of the four answers for this order: it is asked again later.
      }
    }
    assertTrue(moved > 0, "no order went to the next carrier");
  }

  @Test
  void when_every_carrier_refuses_the_order_is_refused() {
    stage.carriers.use(CALM.with(Fault.LABEL_REFUSED, 1));
    assertEquals("no_carrier", refused(wanted(order)).code());
  }

  @Test
  void a_label_is_taken_back_by_the_undo() {
    done(ShipmentCreated.class, wanted(order));
    done(ShipmentCancelled.class, undo(wanted(order)));
    assertEquals("CANCELLED", state());
    assertEquals("no_label", refused(handOver(order)).code());
  }

  @Test
  void a_label_that_comes_after_the_undo_is_taken_back() {
    Wish<TransportCommand<?>> forward = wanted(order);
    Decision prepared = AgentDatabase.await(stage.lane.pass(forward, null));
    done(ShipmentCancelled.class, undo(forward));
    Object answer = AgentDatabase.await(stage.lane.call(prepared, Duration.ofSeconds(2)));
    AgentDatabase.await(stage.lane.pass(forward, answer));
    assertEquals(Refusal.VOIDED, refused(forward).code());
  }

  @Test
  void whatever_the_order_of_steps_no_label_stays_without_a_shipment() throws Exception {
    long seed = Long.getLong("holdfast.seed", 20260301L);
    stage.carriers.use(
        CALM.with(Fault.TIMEOUT_AFTER_SUCCESS, 0.2)
            .with(Fault.ERROR_AFTER_SUCCESS, 0.15)
            .with(Fault.ARRIVES_LATE, 0.2)
            .with(Fault.SLOW, 0.15)
            .with(Fault.LABEL_REFUSED, 0.1)
            .with(Fault.LABEL_UNAVAILABLE, 0.1)
            .with(Fault.DUPLICATE_NOTICE, 0.4)
            .with(Fault.LATE_NOTICE, 0.4));
    ExecutorService crowd = Executors.newFixedThreadPool(8);
    List<java.util.concurrent.Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 160; i++) {
      Random random = new Random(seed * 1_000 + i);
      boolean kept = i % 2 == 0;
      all.add(
          crowd.submit(
              () -> {
                if (kept) {
                  carry(random);
                } else {
                  takeBack(random);
                }
              }));
    }
    crowd.shutdown();
    for (java.util.concurrent.Future<?> one : all) {
      one.get(100, TimeUnit.SECONDS);
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> stage.theirs.number("SELECT count(*) FROM partner.notice") == 0);
    Map<Fault, Long> faults = AgentDatabase.await(stage.carriers.faults(AgentDatabase.soon()));
    for (Fault fault :
        List.of(
            Fault.TIMEOUT_AFTER_SUCCESS,
            Fault.ERROR_AFTER_SUCCESS,
            Fault.SLOW,
            Fault.ARRIVES_LATE,
            Fault.DUPLICATE_NOTICE,
            Fault.LATE_NOTICE)) {
      assertTrue(faults.getOrDefault(fault, 0L) >= 20, fault + " in " + faults);
    }
  }

  private static void carry(Random random) {
    UUID one = new UUID(random.nextLong(), random.nextLong());
    if (stage.lane.askUntilAnswered(wanted(one), Duration.ofMillis(600))
        instanceof Outcome.Done<?>) {
      stage.lane.askUntilAnswered(handOver(one), Duration.ofMillis(300)).orThrow();
    }
  }

  private static void takeBack(Random random) {
    UUID one = new UUID(random.nextLong(), random.nextLong());
    Wish<TransportCommand<?>> forward = wanted(one);
    Decision prepared = AgentDatabase.await(stage.lane.pass(forward, null));
    if (random.nextBoolean()) {
      var call = stage.lane.call(prepared, Duration.ofMillis(300));
      if (random.nextBoolean()) {
        settle(forward, call);
        stage.lane.askUntilAnswered(undo(forward), Duration.ofMillis(300));
      } else {
        stage.lane.askUntilAnswered(undo(forward), Duration.ofMillis(300));
        settle(forward, call);
      }
    } else {
      stage.lane.askUntilAnswered(undo(forward), Duration.ofMillis(300));
    }
    stage.lane.askUntilAnswered(forward, Duration.ofMillis(300));
  }

  private static void settle(Wish<TransportCommand<?>> wish, io.vertx.core.Future<?> call) {
    try {
      AgentDatabase.await(stage.lane.pass(wish, AgentDatabase.await(call)));
    } catch (Unavailable lost) {
      // The undo finds out.
    }
  }

  private long signals() {
    return stage.lane.signals().stream()
        .filter(signal -> signal.runId().equals(order))
        .map(RunSignal::name)
        .filter("delivered"::equals)
        .count();
  }

  private String state() {
    try (var connection = stage.ours.connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT state FROM transport.shipment WHERE order_id = '" + order + "'")) {
      rows.next();
      return rows.getString(1);
    } catch (java.sql.SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  private CarrierNotice notice(String tracking, TransportProtocol.State state) {
    return new CarrierNotice(MERCHANT, order, tracking, state, Instant.now());
  }

  private static <R> R done(Class<R> type, Wish<TransportCommand<?>> wish) {
    return type.cast(stage.ask(wish).orThrow());
  }

  private static Refusal refused(Wish<TransportCommand<?>> wish) {
    return assertInstanceOf(Outcome.Rejected.class, stage.ask(wish)).why();
  }
}
