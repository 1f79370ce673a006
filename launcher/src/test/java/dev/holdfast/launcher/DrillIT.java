package dev.holdfast.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.days.Books;
import dev.holdfast.launcher.days.Progress;
import dev.holdfast.launcher.drill.Drill;
import dev.holdfast.launcher.drill.DrillGoals;
import dev.holdfast.launcher.drill.Goal;
import dev.holdfast.launcher.drill.Plan;
import dev.holdfast.launcher.drill.Plan.Planned;
import dev.holdfast.launcher.drill.Score;
import dev.holdfast.launcher.drill.ScoreTable;
import dev.holdfast.launcher.settings.Settings;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A drill of ten seconds; {@code -Dholdfast.drill.minutes=2} for one with every goal, {@code
 * -Dholdfast.drill.seed=S} for another.
 */
class DrillIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension().proxied();

  private static final int MINUTES = Integer.getInteger("holdfast.drill.minutes", 0);
  private static final long SEED = Long.getLong("holdfast.drill.seed", 42);

  private static final Plan SHORT =
      new Plan(
          SEED,
          10,
          10,
          List.of(
              new Planned(1_500, 1_000, "crash", "inventory", "restart"),
              new Planned(4_000, 1_000, "swallow-commit", "postgres", ""),
              new Planned(6_500, 1_500, "cut", "postgres", "")));

  @TempDir Path folder;

  /** Nobody watches. */
  private static final class Untold implements Progress {
    @Override
    public void begin(String what, int total) {}

    @Override
    public void step() {}

    @Override
    public void tell(String line) {}
  }

  @Tag("E-249")
  @Test
  void a_drill_loses_nothing_doubles_nothing_and_reaches_all_that_is_required() throws Exception {
    boolean whole = MINUTES > 0;
    Plan plan = whole ? Drill.plan(SEED, MINUTES * 60, 10) : SHORT;
    List<Goal> goals =
        whole
            ? DrillGoals.ALL
            : DrillGoals.ALL.stream()
                .filter(goal -> List.of("level 0", "restart").contains(goal.name()))
                .toList();
    Path history = folder.resolve("history.jsonl");
    Settings settings =
        PlatformExtension.settings(PLATFORM.folder(), Settings.shipped().partners());
    Score score;
    try (Shop shop = Shop.enter(settings);
        HttpClient http = HttpClient.newHttpClient()) {
      ManagementConsole console =
          new ManagementConsole(() -> Optional.of(PlatformFile.require(PLATFORM.folder())), http);
      score =
          new Drill(shop::door, console, new Books(shop::ledgers), new Untold(), goals)
              .run(plan, history);
    }
    ScoreTable.of(score).forEach(System.out::println);
    assertTrue(score.isPassed(), score.toString());
    assertEquals(plan.faults().size(), score.faults().size());
    assertTrue(score.requests().get("ok") > plan.orders() / 2, score.requests().toString());
    assertTrue(Files.readAllLines(history).size() >= plan.orders());
  }
}
