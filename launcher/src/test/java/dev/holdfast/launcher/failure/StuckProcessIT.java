package dev.holdfast.launcher.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.Entrance;
import dev.holdfast.launcher.LauncherProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A launcher whose event loop stays blocked in the midst of a replay. */
class StuckProcessIT {
  /** Away from the ports of a platform that somebody may be running here. */
  private static final String OFFSET = "12500";

  private static final Pattern OWN_PID = Pattern.compile("Holdfast is up, process (\\d+)");

  @TempDir Path folder;

  @Test
  void it_begins_anew_under_its_process_id_with_nothing_lost_and_when_that_did_not_help_it_leaves()
      throws Exception {
    try (LauncherProcess launcher = up().awaitUp()) {
      SmallDay day =
          SmallDay.write(folder.resolve("day.csv"), 650_000, ReplayUnderFire.DOCUMENTS_EACH);
      Entrance platform = new Entrance(data());
      ReplayUnderFire replay = new ReplayUnderFire(platform, day, 1);
      replay.shoot(
          1,
          () -> {
            Instant begun = Instant.now();
            blockLoop("60s");
            launcher.awaitUp(2);
            System.out.printf(
                "up again %d ms after the loop was blocked%n",
                Duration.between(begun, Instant.now()).toMillis());
          });
      replay.awaitEnd();
      day.check(platform.books().report(0, 0));

      String output = launcher.output();
      assertTrue(output.contains("Started again in the same process, start 1 of 1"), output);
      List<String> pids =
          OWN_PID.matcher(output).results().map(found -> found.group(1)).distinct().toList();
      assertEquals(List.of(String.valueOf(launcher.pid())), pids);
      // The servers of before are gone, and the new image has its own.
      List<Long> servers = launcher.children();
      assertEquals(4, servers.size(), output);
      servers.subList(0, 2).forEach(old -> assertEquals(Optional.empty(), ProcessHandle.of(old)));

      blockLoop("60s");
      assertEquals(76, launcher.awaitExitCode(), launcher.output());
      assertTrue(launcher.output().contains("leaving with 76"), launcher.output());
    }
  }

  private void blockLoop(String time) throws Exception {
    try (LauncherProcess chaos =
        LauncherProcess.start(
            folder.resolve("chaos.out"),
            Map.of(),
            "chaos",
            "block-loop",
            "order",
            "--for",
            time,
            "--data",
            data().toString())) {
      assertEquals(0, chaos.awaitExitCode(), chaos.output());
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private LauncherProcess up() throws Exception {
    return LauncherProcess.start(
        folder.resolve("up.out"),
        Map.of("HOLDFAST_PROFILE", "test", "HOLDFAST_RECOVERY_PROCESS_STARTS_MAX", "1"),
        "up",
        "--data",
        data().toString(),
        "--port-offset",
        OFFSET);
  }
}
