package dev.holdfast.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real days, where the environment says that they are. */
class DaysIT {
  /**
   * File, orders, order amount, units, returns, return amount, adjustments, opening, sold, adjusted,
   * returns accepted, refunded, units returned, on hand; amounts in pence.
   */
  private static final String FIGURES =
      """
      2010-12-01 127 5896079 26919 6 32523 10 26919 26909 78 1 2550 6 94
      2010-12-02 142 4774838 31329 23 154110 2 31365 31327 -19 0 0 0 19
      2010-12-03 68 4694371 16199 7 132325 33 17527 16177 -1078 0 0 0 272
      2010-12-05 88 3177495 16451 7 39100 0 16372 16372 0 2 3795 25 25
      2010-12-06 102 5483046 21795 18 97028 13 22001 21768 -77 4 22470 104 260
      2010-12-07 84 9961820 25335 18 5455915 9 25581 25315 -236 1 7560 36 66
      2010-12-08 116 4538998 23117 23 120014 9 23152 23066 -78 1 850 1 9
      2010-12-09 107 5358618 19931 34 105405 42 21684 19896 -989 1 1008 24 823
      2010-12-10 77 5918292 21097 7 177801 7 21257 21063 -136 3 140488 478 536
      2010-12-12 44 1732907 10603 7 8815 0 10603 10603 0 1 1290 2 2
      2010-12-13 70 3800671 17727 14 262737 0 17719 17719 0 1 4080 48 48
      2010-12-14 90 4525473 20287 51 241144 3 20314 20274 440 1 1580 4 484
      2011-09-30 74 4435706 22555 14 36421 6 22941 22538 -395 0 0 0 8
      """;

  private static final List<String> PLACES =
      List.of(
          "/documents/orders",
          "/money/ordered_minor",
          "/money/ordered_units",
          "/documents/returns",
          "/money/returned_minor",
          "/documents/stock_adjustments",
          "/stock/opening",
          "/stock/sold",
          "/stock/adjusted",
          "/returns/refunded",
          "/money/refunded_minor",
          "/stock/returned",
          "/stock/on_hand");

  private static final double SECONDS_FOR_ALL = 180;

  @TempDir Path folder;

  @Test
  void the_real_days_give_the_known_figures_each_alone_and_all_in_one_call() throws Exception {
    String days = System.getenv("HOLDFAST_DAYS");
    if (days == null || !Files.isDirectory(Path.of(days))) {
      System.out.println("days: not found");
    }
    assumeTrue(days != null && Files.isDirectory(Path.of(days)), "days: not found");
    List<String[]> known = FIGURES.lines().map(line -> line.split(" ")).toList();
    int run = 0;
    for (String[] figures : known) {
      alone(Path.of(days, figures[0] + ".csv"), figures);
      run++;
    }
    together(known.stream().map(figures -> Path.of(days, figures[0] + ".csv")).toList());
    System.out.println("days: " + run + " run");
  }

  private void alone(Path file, String[] figures) throws Exception {
    try (ReplayBench bench = ReplayBench.start(folder.resolve(figures[0]))) {
      assertEquals(0, bench.replay(List.of(file)), file.toString());
      bench.agreesWithTheFiles();
      JsonNode report = bench.report();
      for (int at = 0; at < PLACES.size(); at++) {
        long wanted = Long.parseLong(figures[at + 1]);
        assertEquals(wanted, report.at(PLACES.get(at)).asLong(), figures[0] + PLACES.get(at));
      }
    }
  }

  private void together(List<Path> files) throws Exception {
    try (ReplayBench bench = ReplayBench.start(folder.resolve("all"))) {
      assertEquals(0, bench.replay(files));
      bench.agreesWithTheFiles();
      JsonNode report = bench.report();
      assertEquals(277_435, report.at("/stock/opening").asLong());
      assertEquals(273_027, report.at("/stock/sold").asLong());
      assertEquals(-2_490, report.at("/stock/adjusted").asLong());
      assertEquals(67, report.at("/returns/refunded").asLong());
      assertEquals(316_785, report.at("/money/refunded_minor").asLong());
      assertEquals(1_158, report.at("/stock/returned").asLong());
      assertEquals(3_076, report.at("/stock/on_hand").asLong());
      assertEquals(0, report.at("/restarts").asLong());
      double seconds = report.at("/seconds").asDouble();
      assertTrue(seconds <= SECONDS_FOR_ALL, "all days took " + seconds + " s");
    }
  }
}
