package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.Meters;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process ends between two writes. {@code -Dholdfast.journal.kills=20} for the long form. */
class JournalKilledIT {
  private static final int KILLS = Integer.getInteger("holdfast.journal.kills", 2);
  private static final int TOLD_BEFORE = 300;

  @TempDir Path folder;

  @Test
  void whatever_was_told_before_a_kill_is_there_afterwards() throws Exception {
    Set<String> told = new HashSet<>();
    for (int kill = 0; kill < KILLS; kill++) {
      told.addAll(tellAndKill(kill * 1_000_000));
    }
    assertTrue(told.size() >= KILLS * TOLD_BEFORE, "told: " + told.size());
    Clock clock = Clock.system();
    try (Journal journal = new Journal(folder, Intents.WIDE, clock, new Meters().journal())) {
      journal.selfTest().await(20, TimeUnit.SECONDS);
      Set<Object> there =
          journal.waiting().stream().map(intent -> intent.id().value()).collect(Collectors.toSet());
      Set<String> lost =
          told.stream()
              .filter(key -> !there.contains(Intents.of(key, clock.now()).id().value()))
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(Set.of(), lost);
      assertEquals(journal.waiting().size(), journal.health().count());
    }
  }

  private Set<String> tellAndKill(int first) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AcceptingMain.class.getName(),
                folder.toString(),
                Integer.toString(first))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Set<String> told = new HashSet<>();
    BufferedReader output = process.inputReader(StandardCharsets.US_ASCII);
    while (told.size() < TOLD_BEFORE) {
      String line = output.readLine();
      if (line == null) {
        throw new IllegalStateException("it ended by itself after " + told.size());
      }
      if (line.startsWith("k")) {
        told.add(line);
      }
    }
    process.destroyForcibly().waitFor();
    return told;
  }
}
