package dev.holdfast.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParentKilledIT {
  @TempDir Path folder;

  @Test
  void no_server_outlives_a_parent_killed_with_9_and_a_start_follows_at_once() throws Exception {
    Process parent = startParent();
    List<ProcessHandle> servers = serversOf(parent);
    try {
      servers.forEach(server -> assertTrue(server.isAlive(), server + " runs"));
      parent.destroyForcibly();
      // Begun while the old servers may still be ending: it waits for them.
      try (PostgresProcess postgres =
              PostgresProcess.start(folder.resolve("postgres"), PostgresOptions.defaults());
          KafkaProcess kafka =
              KafkaProcess.start(folder.resolve("kafka"), KafkaOptions.defaults())) {
        assertTrue(postgres.isAlive() && kafka.isAlive());
        for (ProcessHandle server : servers) {
          server.onExit().get(30, SECONDS);
        }
      }
      assertTrue(FolderProcesses.in(folder.resolve("postgres/cluster")).isEmpty());
    } finally {
      servers.forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void a_stopped_server_ends_with_its_killed_parent() throws Exception {
    Process parent = startParent();
    List<ProcessHandle> servers = serversOf(parent);
    try {
      for (long pid : FolderProcesses.in(folder.resolve("postgres/cluster"))) {
        assertTrue(Shell.succeeds("kill", "-STOP", String.valueOf(pid)));
      }
      parent.destroyForcibly();
      for (ProcessHandle server : servers) {
        server.onExit().get(30, SECONDS);
      }
    } finally {
      servers.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private Process startParent() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-Dholdfast.home=" + System.getProperty("holdfast.home"),
            "-cp",
            System.getProperty("java.class.path"),
            StarterMain.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<ProcessHandle> serversOf(Process parent) throws IOException {
    try (BufferedReader output = parent.inputReader(StandardCharsets.US_ASCII)) {
      String[] pids = output.readLine().split(" ", -1);
      return Arrays.stream(pids)
          .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
          .toList();
    }
  }
}
