package dev.holdfast.launcher.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.workflow.Milestone;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many want what few can have. */
class LastUnitsIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private static final String SKU = "30001";
  private static final int CUSTOMERS = 1_000;
  private static final int UNITS = 10;
  private static final long PRICE_MINOR = 250;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String STOCK =
      """
      SELECT sum(on_hand)::bigint AS on_hand, sum(reserved)::bigint AS reserved,
             min(on_hand) AS least,
             (SELECT sum(units)::bigint FROM inventory.movement WHERE sku = '30001') AS moved,
             (SELECT count(*) FROM inventory.movement
               WHERE sku = '30001' AND kind = 'SHIPPED') AS shipped
        FROM inventory.stock
       WHERE sku = '30001'
      """;

  private static final String ORDERS =
      """
      SELECT count(*) FILTER (WHERE status = 'DELIVERED') AS delivered,
             count(*) FILTER (WHERE status = 'REFUSED' AND refusal_code = 'out_of_stock') AS refused,
             count(*) AS orders
        FROM orders.orders
      """;

  private static final String MONEY =
      """
      SELECT coalesce(sum(amount_minor) FILTER (WHERE kind = 'CAPTURE'), 0)::bigint AS captured,
             count(*) FILTER (
               WHERE kind = 'AUTHORISE' AND NOT voided AND captured_minor = 0) AS open
        FROM psp.movement
       WHERE declined_for IS NULL
      """;

  @Test
  void a_thousand_customers_at_once_buy_the_last_ten_units_and_no_more() throws Exception {
    Till till = new Till(PLATFORM, "last-units");
    till.stock(SKU, UNITS);
    long begun = System.nanoTime();
    List<Future<Milestone>> answers =
        IntStream.range(0, CUSTOMERS).mapToObj(number -> buy(till, "c" + number)).toList();
    Map<Integer, Integer> byStatus = new TreeMap<>();
    for (Future<Milestone> answer : answers) {
      Milestone told = answer.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      byStatus.merge(told.status(), 1, Integer::sum);
      assertTrue(told.status() == 201 || told.body().contains("out_of_stock"), told.body());
    }
    System.out.printf(
        "%d customers answered in %d ms: %s%n",
        CUSTOMERS, Duration.ofNanos(System.nanoTime() - begun).toMillis(), byStatus);
    assertEquals(Map.of(201, UNITS, 409, CUSTOMERS - UNITS), byStatus);
    till.awaitSettled();
    Map<String, Long> stock = till.books(STOCK);
    assertEquals(0, stock.get("on_hand"), stock.toString());
    assertEquals(0, stock.get("reserved"), stock.toString());
    assertEquals(0, stock.get("moved"), stock.toString());
    assertEquals(0, stock.get("least"), stock.toString());
    assertEquals(UNITS, stock.get("shipped"), stock.toString());
    assertEquals(
        Map.of(
            "delivered", (long) UNITS,
            "refused", (long) CUSTOMERS - UNITS,
            "orders", (long) CUSTOMERS),
        till.books(ORDERS));
    assertEquals(Map.of("captured", UNITS * PRICE_MINOR, "open", 0L), till.providerBooks(MONEY));
    assertEquals(0, PLATFORM.restarts());
  }

  private static Future<Milestone> buy(Till till, String customer) {
    return till.place(customer, SKU, 1, PATIENCE)
        .compose(answer -> till.milestone(answer.outcome().orThrow(), PATIENCE));
  }
}
