package dev.holdfast.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real days with half of what they need on the shelves; where the environment has them. */
class HalfStockIT {
  /** Shelves that were ever below nothing, after any of their movements. */
  private static final String EVER_SHORT =
      """
      SELECT sku, count(*)
        FROM (SELECT sku, sum(units) OVER (PARTITION BY merchant_id, sku, warehouse ORDER BY seq)
                     AS remaining
                FROM inventory.movement) m
       WHERE remaining < 0
       GROUP BY sku
      """;

  private static final String SHIPPED =
      "SELECT sku, -sum(units) FROM inventory.movement WHERE kind = 'SHIPPED' GROUP BY sku";

  private static final String BOUGHT =
      """
      SELECT sku, sum(quantity)
        FROM orders.order_line JOIN orders.orders USING (merchant_id, order_id)
       WHERE status = 'DELIVERED' AND sku ~ '^[0-9]{5}[A-Za-z]{0,2}$'
       GROUP BY sku
      """;

  private static final String BY_NUMBER =
      "SELECT external_number, total_minor FROM orders.orders WHERE status IN ('%s')";

  @TempDir Path folder;

  @Test
  void with_half_the_stock_some_orders_are_refused_and_no_unit_is_sold_twice() throws Exception {
    String days = System.getenv("HOLDFAST_DAYS");
    assumeTrue(days != null && Files.isDirectory(Path.of(days)), "days: not found");
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of(days))) {
      files = found.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
    assertEquals(13, files.size(), files.toString());
    ReplayOracle oracle = new ReplayOracle();
    for (Path file : files) {
      oracle.add(Files.readString(file));
    }
    try (ReplayBench bench = ReplayBench.start(folder)) {
      int exit = bench.replay(files, "--opening-stock", "0.5");
      JsonNode report = bench.report();
      assertEquals(0, exit, report.toPrettyString());
      everyOrderHasItsEnd(bench, oracle, report);
      noUnitIsSoldTwice(bench, oracle, report);
      for (String nothing :
          List.of("/orders/open", "/orders/held", "/runs/open", "/events/unsent", "/events/dead")) {
        assertEquals(0, report.at(nothing).asLong(-1), nothing);
      }
    }
  }

  private static void everyOrderHasItsEnd(ReplayBench bench, ReplayOracle oracle, JsonNode report)
      throws Exception {
    Map<String, Long> delivered = bench.figures("holdfast", BY_NUMBER.formatted("DELIVERED"));
    Map<String, Long> refused = bench.figures("holdfast", BY_NUMBER.formatted("REFUSED"));
    System.out.printf(
        "half the stock: %d delivered, %d refused%n", delivered.size(), refused.size());
    assertTrue(!delivered.isEmpty() && !refused.isEmpty(), report.toPrettyString());
    Map<String, Long> all = new TreeMap<>(delivered);
    all.putAll(refused);
    assertEquals(delivered.size() + refused.size(), all.size());
    assertEquals(new TreeMap<>(oracle.orders), all);
    assertEquals(refused.size(), report.at("/orders/refused/out_of_stock").asInt());
    assertEquals(1, report.at("/orders/refused").size(), "out of stock is the only reason");
    long paid = delivered.values().stream().mapToLong(Long::longValue).sum();
    Map<String, Long> provider =
        bench.figures(
            "payment_provider", "SELECT kind, sum(amount_minor) FROM psp.movement GROUP BY kind");
    assertEquals(paid, provider.get("CAPTURE"));
    assertEquals(paid, report.at("/money/captured_minor").asLong());
  }

  private static void noUnitIsSoldTwice(ReplayBench bench, ReplayOracle oracle, JsonNode report)
      throws Exception {
    assertEquals(Map.of(), bench.figures("holdfast", EVER_SHORT));
    assertEquals(bench.figures("holdfast", BOUGHT), bench.figures("holdfast", SHIPPED));
    long opening = report.at("/stock/opening").asLong();
    assertTrue(opening > 0 && opening <= oracle.opening / 2, "opened with " + opening);
    assertTrue(report.at("/stock/sold").asLong() < oracle.sold, "less than everything was sold");
    assertEquals(0, report.at("/stock/difference").asLong(-1));
    assertEquals(0, report.at("/stock/reserved").asLong(-1));
  }
}
