package dev.holdfast.launcher.command;

import dev.holdfast.launcher.days.Books;
import dev.holdfast.launcher.days.DayFile;
import dev.holdfast.launcher.days.DayFileException;
import dev.holdfast.launcher.days.Document;
import dev.holdfast.launcher.days.ReconciliationReport;
import dev.holdfast.launcher.days.Replay;
import dev.holdfast.launcher.days.Review;
import dev.holdfast.launcher.days.ShopUnreachable;
import dev.holdfast.launcher.process.Complaint;
import dev.holdfast.launcher.running.Shop;
import dev.holdfast.launcher.settings.Settings;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast replay}: real days through the public API, and the books afterwards. */
@Command(
    name = "replay",
    description = "Brings real days to the shop and reconciles the books; run again, it goes on.",
    mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000);

  @Mixin private CommonOptions options;
  @Mixin private ReportOption report;
  @Spec private CommandSpec command;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of days, in their order.")
  private List<Path> files;

  @Option(
      names = "--opening-stock",
      paramLabel = "R",
      defaultValue = "1.0",
      description = "Share of the units needed that lie on the shelves (default: 1.0).")
  private BigDecimal openingStock;

  @Option(
      names = "--review",
      paramLabel = "approve|reject|hold",
      defaultValue = "approve",
      description = "What becomes of orders that wait for a person (default: approve).")
  private Review review;

  @Override
  public Integer call() throws InterruptedException {
    if (openingStock.signum() < 0 || openingStock.compareTo(MOST) > 0) {
      throw new ParameterException(
          command.commandLine(), "--opening-stock must be 0 to 1000, got " + openingStock);
    }
    Settings settings = options.settings();
    try {
      List<DayFile> days = files.stream().map(DayFile::read).toList();
      Logs.into(settings.data().folder());
      try (Shop shop = Shop.enter(settings)) {
        return replay(shop, days);
      }
    } catch (DayFileException | ShopUnreachable trouble) {
      throw new Complaint(trouble.getMessage());
    }
  }

  private int replay(Shop shop, List<DayFile> days) {
    long begin = System.nanoTime();
    PrintWriter out = command.commandLine().getOut();
    Replay.Outcome outcome;
    try (ProgressLine progress = new ProgressLine(out, Terminal.isWatched())) {
      Replay replay = new Replay(shop::door, new Books(shop::ledgers), review, progress);
      outcome = replay.run(days, openingStock);
    }
    ReconciliationReport result = Reports.of(shop, begin);
    Reports.show(result, out);
    report.write(result::write, out);
    boolean allRead = tellUnreadable(days, out);
    outcome.troubles().forEach(out::println);
    out.flush();
    return result.booksBalanced() && outcome.troubles().isEmpty() && allRead ? 0 : 1;
  }

  private static boolean tellUnreadable(List<DayFile> days, PrintWriter out) {
    boolean allRead = true;
    for (DayFile day : days) {
      for (Document document : day.documents()) {
        if (document instanceof Document.Unreadable unread) {
          allRead = false;
          out.printf(
              "%s, line %d: document %s refused: %s%n",
              unread.file(), unread.line(), unread.number(), unread.reason());
        }
      }
    }
    return allRead;
  }
}
