package dev.holdfast.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayIT {
  private static final List<Path> SMALL_DAY =
      List.of(Path.of("src/test/resources/days/small-day.csv").toAbsolutePath());

  @TempDir Path folder;

  @Test
  void a_day_of_every_class_agrees_with_its_file_and_the_partners_also_when_it_comes_again()
      throws Exception {
    try (ReplayBench bench = ReplayBench.start(folder)) {
      assertEquals(1, bench.replay(SMALL_DAY), "an unreadable document is told by the exit code");
      bench.agreesWithTheFiles();
      assertEquals(2_985 + 2_500, bench.report().at("/money/refunded_minor").asLong());
      assertEquals(
          Map.of("unknown_purchase", 2L, "exceeds_captured", 1L),
          bench.figures(
              "holdfast",
              "SELECT refusal_code, count(*) FROM aftersales.return_case WHERE refusal_code IS NOT NULL GROUP BY 1"));
      assertEquals(24, bench.report().at("/stock/on_hand").asLong());
      assertEquals(1, bench.replay(SMALL_DAY));
      bench.agreesWithTheFiles();
    }
  }

  @Test
  void with_half_the_stock_orders_are_refused_and_nothing_is_oversold() throws Exception {
    try (ReplayBench bench = ReplayBench.start(folder)) {
      bench.replay(SMALL_DAY, "--opening-stock", "0.5");
      JsonNode report = bench.report();
      assertTrue(report.at("/books_balanced").asBoolean(), report.toPrettyString());
      assertTrue(report.at("/orders/refused/out_of_stock").asInt() >= 2, report.toPrettyString());
      assertTrue(report.at("/stock/adjusted_short").asLong() >= 20, report.toPrettyString());
      assertEquals(42, report.at("/stock/opening").asLong());
      assertEquals(
          Map.of(),
          bench.figures("holdfast", "SELECT sku, on_hand FROM inventory.stock WHERE on_hand < 0"));
    }
  }
}
