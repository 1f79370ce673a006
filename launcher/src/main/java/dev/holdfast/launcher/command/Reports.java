package dev.holdfast.launcher.command;

import dev.holdfast.launcher.days.Books;
import dev.holdfast.launcher.days.ReconciliationReport;
import dev.holdfast.launcher.days.ReportTable;
import dev.holdfast.launcher.running.Shop;
import java.io.PrintWriter;
import java.time.Duration;

/** The report at the end of a command. */
final class Reports {
  private static final double MILLIS = 1_000.0;

  private Reports() {}

  /**
   * Reads the books.
   *
   * @param begin when the command began, by the nano clock
   */
  static ReconciliationReport of(Shop shop, long begin) {
    int level =
        shop.file()
            .map(platform -> ManagementClient.status(platform).path("level").asInt())
            .orElse(0);
    double seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / MILLIS;
    return new Books(shop::ledgers).report(level, seconds);
  }

  /** Prints it. */
  static void show(ReconciliationReport report, PrintWriter out) {
    ReportTable.of(report).forEach(out::println);
    out.flush();
  }
}
