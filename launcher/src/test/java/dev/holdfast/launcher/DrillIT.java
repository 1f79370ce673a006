package dev.holdfast.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.command.ManagementConsole;
import dev.holdfast.launcher.days.Books;
import dev.holdfast.launcher.days.Untold;
import dev.holdfast.launcher.drill.Drill;
import dev.holdfast.launcher.drill.DrillGoals;
import dev.holdfast.launcher.drill.Plan;
import dev.holdfast.launcher.drill.Score;
import dev.holdfast.launcher.drill.ScoreTable;
import dev.holdfast.launcher.process.PlatformFile;
import dev.holdfast.launcher.running.Shop;
import dev.holdfast.launcher.settings.Settings;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Drills of two minutes with every goal; {@code -Dholdfast.drill.minutes=10} for longer ones and
 * {@code -Dholdfast.drill.seeds=1,2,3} for others.
 */
class DrillIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension().proxied();

  private static final int MINUTES = Integer.getInteger("holdfast.drill.minutes", 2);
  private static final String SEEDS = System.getProperty("holdfast.drill.seeds", "42");
  private static final int ORDERS_PER_SECOND = 10;

  @TempDir Path folder;

  static List<Long> seeds() {
    return Stream.of(SEEDS.split(",")).map(String::strip).map(Long::valueOf).toList();
  }

  @Tag("E-249")
  @ParameterizedTest
  @MethodSource("seeds")
  void a_drill_loses_nothing_doubles_nothing_and_reaches_all_that_is_required(long seed)
      throws Exception {
    Plan plan = Drill.plan(seed, MINUTES * 60, ORDERS_PER_SECOND);
    Path history = folder.resolve("history.jsonl");
    Settings settings =
        PlatformExtension.settings(PLATFORM.folder(), Settings.shipped().partners());
    Score score;
    try (Shop shop = Shop.enter(settings);
        HttpClient http = HttpClient.newHttpClient()) {
      ManagementConsole console =
          new ManagementConsole(() -> Optional.of(PlatformFile.require(PLATFORM.folder())), http);
      score =
          new Drill(shop::door, console, new Books(shop::ledgers), new Untold(), DrillGoals.ALL)
              .run(plan, history);
    }
    ScoreTable.of(score).forEach(System.out::println);
    assertTrue(score.isPassed(), score.toString());
    assertEquals(plan.faults().size(), score.faults().size());
    assertTrue(score.requests().get("ok") > plan.orders() / 2, score.requests().toString());
    assertTrue(Files.readAllLines(history).size() >= plan.orders());
  }
}
