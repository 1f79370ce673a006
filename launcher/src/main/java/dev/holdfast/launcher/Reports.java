package dev.holdfast.launcher;

import dev.holdfast.launcher.days.Books;
import dev.holdfast.launcher.days.ReconciliationReport;
import dev.holdfast.launcher.days.ReportTable;
import java.io.PrintWriter;
import java.nio.file.Path;
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

  /**
   * Prints it, and writes it where it is wanted.
   *
   * @param file or null
   */
  static void show(ReconciliationReport report, Path file, PrintWriter out) {
    ReportTable.of(report).forEach(out::println);
    out.flush();
    if (file != null) {
      report.write(file);
      out.println("The report is in " + file + ".");
    }
  }
}
