package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.commerce.fraud.FraudProtocol.Assess;
import dev.holdfast.commerce.inventory.InventoryProtocol.Reserve;
import dev.holdfast.commerce.order.OrderProtocol.Placed;
import dev.holdfast.commerce.payment.PaymentProtocol.Authorise;
import dev.holdfast.commerce.transport.TransportProtocol.CreateShipment;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.launcher.settings.FaultSettings;
import dev.holdfast.launcher.settings.PartnerSettings;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.DeliveryContext;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forward commands of a running platform's orders that come after their undo. */
class LateForwardIT {
  private static final int SEED = 42;

  /** Longer than an ask, so that the undo comes between; shorter than payments are watched. */
  private static final int HELD_UP_MS = 20_000;

  @RegisterExtension
  static final PlatformExtension PLATFORM =
      new PlatformExtension(
              new PartnerSettings(
                  SEED, 0, 0, HELD_UP_MS, 0, 0, FaultSettings.none(), FaultSettings.none()))
          .withoutChains();

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final String ORDER =
      """
      SELECT (SELECT count(*) FROM orders.orders
               WHERE order_id = '%1$s' AND status = 'REFUSED' AND refusal_code = 'cancelled')
               AS refused,
             (SELECT count(*) FROM holdfast.outbox
               WHERE aggregate = '%1$s' AND type = 'order.OrderRefused') AS told,
             (SELECT coalesce(sum(reserved), 0)::bigint FROM inventory.stock) AS reserved,
             (SELECT count(*) FROM inventory.reservation
               WHERE reservation = '%1$s' AND state = 'ACTIVE') AS held,
             (SELECT coalesce(sum(amount_minor), 0)::bigint FROM payment.entry
               WHERE account = 'authorised') AS authorised,
             (SELECT count(*) FROM holdfast.dead_letter) AS dead
      """;

  private static final Map<String, Long> TURNED_BACK =
      Map.of("refused", 1L, "told", 1L, "reserved", 0L, "held", 0L, "authorised", 0L, "dead", 0L);

  private static final String PROVIDER =
      """
      SELECT count(*) FILTER (WHERE kind = 'AUTHORISE') AS authorised,
             count(*) FILTER (WHERE kind = 'VOID') AS voided,
             count(*) FILTER (WHERE kind = 'AUTHORISE' AND NOT voided) AS open
        FROM psp.movement
       WHERE split_part(key, '.', 4) = '%s'
      """;

  private static final String LABELS =
      "SELECT count(*) AS valid FROM carrier.parcel WHERE NOT cancelled";

  private static final String OF_ORDER =
      "SELECT count(*) AS here FROM orders.orders WHERE order_id = '%s' AND status = '%s'";

  private static final String UNDER_WAY =
      "SELECT count(*) AS late FROM partner.late WHERE split_part(key, '.', 4) = '%s'";

  private final Till till = new Till(PLATFORM, "late");

  @Test
  void an_authorisation_that_arrives_after_the_undo_asked_for_it_does_not_stay_open()
      throws Exception {
    till.stock("50010", 5);
    UUID order =
        placed(till.place("held-up", "50010", 2, "tok_late", LIMIT).await(60, TimeUnit.SECONDS));
    awaitProvider(UNDER_WAY, order, Map.of("late", 1L));
    till.cancel(order, LIMIT).await(60, TimeUnit.SECONDS).outcome().orThrow();
    awaitStatus(order, "REFUSED");
    assertEquals(
        Map.of("authorised", 0L, "voided", 0L, "open", 0L),
        till.providerBooks(PROVIDER.formatted(order)),
        "it must not have arrived before the order turned back");
    awaitProvider(PROVIDER, order, Map.of("authorised", 1L, "voided", 1L, "open", 0L));
    till.awaitSettled();
    assertEquals(TURNED_BACK, till.books(ORDER.formatted(order)));
  }

  @ParameterizedTest
  @ValueSource(classes = {Reserve.class, Assess.class, Authorise.class, CreateShipment.class})
  void a_command_that_is_held_up_on_the_bus_finds_that_it_was_taken_back(Class<?> forward)
      throws Exception {
    String sku = "5002" + forward.getSimpleName().length() % 10;
    till.stock(sku, 5);
    Ask<?> late;
    UUID order;
    try (HeldUp heldUp = new HeldUp(forward)) {
      order =
          placed(till.place(forward.getSimpleName(), sku, 2, LIMIT).await(60, TimeUnit.SECONDS));
      await().atMost(LIMIT).until(() -> !heldUp.asks.isEmpty());
      till.cancel(order, LIMIT).await(60, TimeUnit.SECONDS).outcome().orThrow();
      awaitStatus(order, "REFUSED");
      late = (Ask<?>) heldUp.asks.element().body();
    }
    Outcome<?> outcome = askAgain(late);
    assertEquals(Refusal.VOIDED, assertInstanceOf(Outcome.Rejected.class, outcome).why().code());
    till.awaitSettled();
    assertEquals(TURNED_BACK, till.books(ORDER.formatted(order)));
    assertEquals(0L, till.providerBooks(PROVIDER.formatted(order)).get("open"));
    assertEquals(Map.of("valid", 0L), till.carrierBooks(LABELS));
  }

  private static UUID placed(Answer<Placed> answer) {
    return answer.outcome().orThrow().order();
  }

  /** What was held up with time left, as from an asker who is more patient than the run. */
  private <R> Outcome<R> askAgain(Ask<R> late) throws Exception {
    Ask<R> fresh = Ask.first(late.id(), late.command(), till.in(LIMIT));
    return PLATFORM.bus().ask(fresh).await(60, TimeUnit.SECONDS).outcome();
  }

  private void awaitStatus(UUID order, String status) throws SQLException {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> till.books(OF_ORDER.formatted(order, status)).get("here") == 1);
  }

  private void awaitProvider(String sql, UUID order, Map<String, Long> wanted) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> till.providerBooks(sql.formatted(order)), wanted::equals);
  }

  /** Commands of one kind get no further; all go on at the end. */
  private static final class HeldUp implements AutoCloseable, Handler<DeliveryContext<Object>> {
    private final Class<?> kind;
    private final Queue<DeliveryContext<Object>> asks = new ConcurrentLinkedQueue<>();

    HeldUp(Class<?> kind) {
      this.kind = kind;
      PLATFORM.vertx().eventBus().addOutboundInterceptor(this);
    }

    @Override
    public void handle(DeliveryContext<Object> delivery) {
      if (delivery.body() instanceof Ask<?> ask && isMeant(ask.command())) {
        asks.add(delivery);
      } else {
        delivery.next();
      }
    }

    private boolean isMeant(Command<?> command) {
      return kind.isInstance(command);
    }

    @Override
    public void close() {
      PLATFORM.vertx().eventBus().removeOutboundInterceptor(this);
      asks.forEach(DeliveryContext::next);
    }
  }
}
