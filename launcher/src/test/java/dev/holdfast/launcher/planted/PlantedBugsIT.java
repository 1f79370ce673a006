package dev.holdfast.launcher.planted;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.drill.Score;
import dev.holdfast.launcher.drill.ScoreTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The drill's checker is checked: a platform with a planted bug fails the very drill that one
 * without it passes, and the score names the rule that was broken. The bugs are planted into the
 * compiled classes of the platform's process when they are loaded; its sources know nothing of
 * them.
 *
 * <p>Two bugs here; {@code -Dholdfast.planted=all} for all six, {@code
 * -Dholdfast.planted=NAME,NAME} for some.
 */
class PlantedBugsIT {
  private static final List<PlantedBug> SHORT =
      List.of(PlantedBug.RELAY_READS_BEHIND_THE_LAST, PlantedBug.LEVEL_STUCK_AT_0);

  /** What a platform without a bug gets to come to rest. */
  private static final Duration AMPLE = Duration.ofSeconds(60);

  /** A process that lives for one drill gains nothing by compiling well. */
  private static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  @TempDir Path folder;

  static List<PlantedBug> bugs() {
    String names = System.getProperty("holdfast.planted", "");
    return switch (names) {
      case "" -> SHORT;
      case "all" -> List.of(PlantedBug.values());
      default -> Stream.of(names.split(",")).map(PlantedBug::valueOf).toList();
    };
  }

  @Tag("E-249")
  @Test
  void without_a_bug_every_plan_is_passed() throws Exception {
    try (DrilledPlatform platform = new DrilledPlatform(folder, SHORT_LIVED)) {
      for (PlantedBug bug : bugs()) {
        Score score = told(bug, platform.drill(bug, AMPLE));
        assertTrue(score.isPassed(), score.toString());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void a_bug_fails_its_plan_and_the_broken_rule_is_named(PlantedBug bug) throws Exception {
    List<String> planting =
        List.of(
            SHORT_LIVED.get(0),
            SHORT_LIVED.get(1),
            "-javaagent:" + PlantingAgent.jar(folder) + "=" + bug.name());
    try (DrilledPlatform platform = new DrilledPlatform(folder, planting)) {
      Score score = told(bug, platform.drill(bug, bug.patience()));
      for (PlantedBug.Cut cut : bug.cuts()) {
        assertTrue(platform.output().contains(PlantingAgent.said(cut)), platform.output());
      }
      assertTrue(bug.isNamedBy(score), score.toString());
    }
  }

  private static Score told(PlantedBug bug, Score score) {
    System.out.println(bug);
    ScoreTable.of(score).forEach(System.out::println);
    return score;
  }
}
