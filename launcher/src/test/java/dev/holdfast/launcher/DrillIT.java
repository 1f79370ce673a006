package dev.holdfast.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The whole drill, from its command line: {@code -Dholdfast.drill.minutes=2}. */
@EnabledIfSystemProperty(named = "holdfast.drill.minutes", matches = "\\d+")
class DrillIT {
  @TempDir Path folder;

  @Tag("E-249")
  @Test
  void a_drill_loses_nothing_doubles_nothing_and_reaches_all_that_is_required() throws Exception {
    Path report = folder.resolve("score.json");
    try (LauncherProcess drill =
        LauncherProcess.start(
            folder.resolve("drill.out"),
            Map.of(),
            "drill",
            "--minutes",
            System.getProperty("holdfast.drill.minutes"),
            "--seed",
            System.getProperty("holdfast.drill.seed", "42"),
            "--report",
            report.toString(),
            "--port-offset",
            "13000",
            "--data",
            folder.resolve("data").toString())) {
      assertEquals(0, drill.awaitExitCode(), drill.output());
    }
    JsonNode score = new ObjectMapper().readTree(report.toFile());
    assertEquals(0, score.path("lost").size());
    assertEquals(0, score.path("duplicated").size());
    assertTrue(score.path("faults").size() > 0);
    assertTrue(Files.size(report) > 0);
  }
}
