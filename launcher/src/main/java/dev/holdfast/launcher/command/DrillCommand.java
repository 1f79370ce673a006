package dev.holdfast.launcher.command;

import dev.holdfast.launcher.days.Books;
import dev.holdfast.launcher.days.ShopUnreachable;
import dev.holdfast.launcher.drill.Console;
import dev.holdfast.launcher.drill.Drill;
import dev.holdfast.launcher.drill.DrillGoals;
import dev.holdfast.launcher.drill.Plan;
import dev.holdfast.launcher.drill.Score;
import dev.holdfast.launcher.drill.ScoreTable;
import dev.holdfast.launcher.process.Complaint;
import dev.holdfast.launcher.running.Shop;
import dev.holdfast.launcher.settings.Settings;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code holdfast drill}: a shop day under a plan of faults, and the score. A platform that it
 * starts itself has proxies; one that runs must have been started with them.
 */
@Command(
    name = "drill",
    description = "Breaks things on a shop day by a plan, and proves what became of the orders.",
    mixinStandardHelpOptions = true)
public final class DrillCommand implements Callable<Integer> {
  private static final int SECONDS = 60;

  @Mixin private DayOptions options;
  @Spec private CommandSpec command;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "2",
      description = "How long, 2 to 600 (default: 2).")
  private int minutes;

  @Option(
      names = "--orders-per-second",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many orders come, 1 to 100 (default: 10).")
  private int ordersPerSecond;

  @Option(
      names = "--plan",
      paramLabel = "F",
      description = "Runs a plan that was kept, in place of making one.")
  private Path plan;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = options.settings();
    Settings proxied = settings.with(settings.chaos().withProxies());
    Path folder = settings.data().folder().resolve("drill");
    try {
      Plan chosen =
          plan == null
              ? Drill.plan(options.seed(), minutes * SECONDS, ordersPerSecond)
              : Plan.read(plan);
      Path kept = folder.resolve("plan-" + chosen.seed() + ".json");
      chosen.write(kept);
      Logs.into(settings.data().folder());
      try (Shop shop = Shop.enter(proxied)) {
        return run(shop, chosen, kept, folder.resolve("history-" + chosen.seed() + ".jsonl"));
      }
    } catch (ShopUnreachable | UncheckedIOException | IllegalArgumentException trouble) {
      throw new Complaint(trouble.getMessage());
    }
  }

  private int run(Shop shop, Plan chosen, Path kept, Path history) {
    PrintWriter out = command.commandLine().getOut();
    out.println("The plan is in " + kept + ", the history in " + history + ".");
    Score score;
    try (ProgressLine progress = new ProgressLine(out, Terminal.isWatched());
        HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
      Console console = new ManagementConsole(shop::file, http);
      score =
          new Drill(shop::door, console, new Books(shop::ledgers), progress, DrillGoals.ALL)
              .run(chosen, history);
    }
    ScoreTable.of(score).forEach(out::println);
    options.write(score::write, out);
    out.flush();
    return score.isPassed() ? 0 : 1;
  }
}
