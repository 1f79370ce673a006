package dev.holdfast.launcher.command;

import dev.holdfast.launcher.days.Books;
import dev.holdfast.launcher.days.DayFileException;
import dev.holdfast.launcher.days.DayRunner;
import dev.holdfast.launcher.days.ReconciliationReport;
import dev.holdfast.launcher.days.ShopDay;
import dev.holdfast.launcher.days.ShopUnreachable;
import dev.holdfast.launcher.process.Complaint;
import dev.holdfast.launcher.running.Shop;
import dev.holdfast.launcher.settings.FaultSettings;
import dev.holdfast.launcher.settings.Settings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code holdfast day}: one generated day with everything that goes wrong on one, and the books
 * afterwards. A platform that it starts itself has partners with faults.
 */
@Command(
    name = "day",
    description = "Lets one generated shop day happen and reconciles the books.",
    mixinStandardHelpOptions = true)
public final class DayCommand implements Callable<Integer> {
  private static final FaultSettings PAYMENT_FAULTS =
      new FaultSettings(0, 0, 0, 15, 25, 30, 10, 0, 0);
  private static final FaultSettings CARRIER_FAULTS =
      new FaultSettings(0, 10, 15, 15, 25, 30, 10, 0, 0);

  @Mixin private DayOptions options;
  @Spec private CommandSpec command;

  @Option(
      names = "--orders",
      paramLabel = "N",
      defaultValue = "300",
      description = "How many orders, 20 to 100000 (default: 300).")
  private int orders;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = withFaults(options.settings());
    try {
      ShopDay day = DayRunner.day(orders, options.seed());
      Logs.into(settings.data().folder());
      try (Shop shop = Shop.enter(settings)) {
        return run(shop, day);
      }
    } catch (DayFileException | ShopUnreachable trouble) {
      throw new Complaint(trouble.getMessage());
    }
  }

  private int run(Shop shop, ShopDay day) {
    long begin = System.nanoTime();
    PrintWriter out = command.commandLine().getOut();
    Books books = new Books(shop::ledgers);
    List<String> troubles;
    try (ProgressLine progress = new ProgressLine(out, Terminal.isWatched())) {
      troubles = new DayRunner(shop::door, books, progress).run(day);
    }
    ReconciliationReport result = Reports.of(shop, begin);
    Reports.show(result, out);
    options.write(result::write, out);
    Map<String, Long> faults = books.faults();
    out.println("Partner faults that really happened: " + faults);
    List<String> missing = DayRunner.missing(result, faults);
    missing.forEach(what -> out.println("The day had no " + what + "."));
    troubles.forEach(out::println);
    out.flush();
    return result.booksBalanced() && missing.isEmpty() && troubles.isEmpty() ? 0 : 1;
  }

  private static Settings withFaults(Settings settings) {
    return settings.with(settings.partners().withFaults(PAYMENT_FAULTS, CARRIER_FAULTS));
  }
}
