package dev.holdfast.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.command.UpCommand;
import dev.holdfast.launcher.running.Shop;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.postgres.PostgresLogin;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpIT {
  /** Away from the ports of a platform that somebody may be running here. */
  private static final String OFFSET = "11000";

  @TempDir Path folder;

  @Tag("E-101")
  @Test
  void sigterm_stops_the_children_and_leaves_with_0() throws Exception {
    try (LauncherProcess launcher = up("first").awaitUp()) {
      List<ProcessHandle> children =
          launcher.children().stream().map(pid -> ProcessHandle.of(pid).orElseThrow()).toList();
      assertEquals(2, children.size(), launcher.output());
      launcher.terminate();
      assertEquals(0, launcher.awaitExitCode(), launcher.output());
      children.forEach(child -> assertTrue(!child.isAlive(), child + " is left over"));
    }
  }

  @Test
  void a_second_start_on_the_folder_is_refused_and_one_after_kill_9_is_not() throws Exception {
    try (LauncherProcess first = up("first").awaitUp();
        LauncherProcess second = up("second")) {
      assertEquals(1, second.awaitExitCode());
      assertTrue(second.output().contains("another Holdfast (process "), second.output());
      assertEquals(1, second.output().strip().lines().count(), second.output());
      List<Long> old = first.children();
      first.kill();
      try (LauncherProcess third = up("third").awaitUp()) {
        assertNotEquals(old, third.children());
        old.forEach(pid -> assertTrue(ProcessHandle.of(pid).isEmpty(), pid + " is left over"));
      }
    }
  }

  @Test
  void a_database_behind_what_the_folder_has_seen_is_not_gone_on_with() throws Exception {
    Path seen = folder.resolve("data").resolve("database-seen");
    try (LauncherProcess first = up("first").awaitUp()) {
      assertTrue(Long.parseLong(Files.readString(seen).strip()) > 0, first.output());
    }
    Files.writeString(seen, "1000000");
    try (LauncherProcess second = up("second")) {
      assertEquals(1, second.awaitExitCode());
      assertTrue(second.output().contains("was a backup restored?"), second.output());
      assertTrue(second.output().contains(seen.toString()), second.output());
    }
  }

  @Test
  void a_busy_port_is_named_and_nothing_begins() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        LauncherProcess launcher =
            LauncherProcess.start(
                folder.resolve("busy.out"),
                Map.of("HOLDFAST_HTTP_MANAGEMENT", String.valueOf(taken.getLocalPort())),
                "up",
                "--data",
                folder.resolve("data").toString())) {
      assertEquals(1, launcher.awaitExitCode());
      assertTrue(launcher.output().contains("port "), launcher.output());
      assertTrue(launcher.output().contains(" is taken"), launcher.output());
      assertTrue(Files.notExists(folder.resolve("data").resolve("postgres")));
    }
  }

  @Test
  void a_killed_child_is_brought_back() throws Exception {
    try (LauncherProcess launcher = up("first").awaitUp()) {
      for (long pid : launcher.children()) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      }
      Path log = folder.resolve("data").resolve("holdfast.log");
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> {
                String text = Files.readString(log);
                return text.contains("PostgreSQL is back") && text.contains("Kafka is back");
              });
      launcher.terminate();
      assertEquals(0, launcher.awaitExitCode(), launcher.output());
    }
  }

  @Test
  void a_node_whose_work_was_taken_by_another_leaves_with_a_code_of_its_own() throws Exception {
    Path data = folder.resolve("data");
    try (LauncherProcess launcher = up("first").awaitUp()) {
      Shop shop = Shop.enter(PlatformExtension.settings(data, Settings.shipped().partners()));
      PostgresLogin own = shop.ledgers().own();
      try (Connection connection =
              DriverManager.getConnection(
                  "jdbc:postgresql://%s:%d/%s".formatted(own.host(), own.port(), own.database()),
                  own.user(),
                  own.password());
          Statement statement = connection.createStatement()) {
        statement.execute("UPDATE holdfast.node SET fence = nextval('holdfast.fence')");
      }
      assertEquals(UpCommand.REPLACED, launcher.awaitExitCode(), launcher.output());
    }
  }

  private LauncherProcess up(String name) throws Exception {
    return LauncherProcess.start(
        folder.resolve(name + ".out"),
        Map.of(),
        "up",
        "--data",
        folder.resolve("data").toString(),
        "--port-offset",
        OFFSET);
  }
}
