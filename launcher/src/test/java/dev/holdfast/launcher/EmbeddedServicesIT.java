package dev.holdfast.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.embedded.StartException;
import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.servers.EmbeddedServices;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.launcher.settings.SettingsReader;
import dev.holdfast.postgres.PostgresLogin;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServicesIT {
  @TempDir Path folder;

  @Tag("E-087")
  @Test
  void a_killed_server_comes_back_by_itself_on_its_port_with_its_data() throws Exception {
    try (EmbeddedServices services = EmbeddedServices.start(settings(Map.of()), Clock.system())) {
      PostgresLogin login = services.postgres();
      String bootstrap = services.bootstrapServers();
      execute(login, "CREATE TABLE kept (id int)");
      for (EmbeddedServices.Child child : services.children()) {
        assertEquals(0, child.restarts());
        ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly();
      }
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> services.children().stream().allMatch(c -> c.alive() && c.restarts() == 1));
      assertEquals(login, services.postgres());
      assertEquals(bootstrap, services.bootstrapServers());
      execute(login, "INSERT INTO kept VALUES (1)");
    }
  }

  @Test
  void external_servers_are_left_alone() throws Exception {
    Settings external =
        settings(
            Map.of(
                "HOLDFAST_POSTGRES_HOST", "db.example",
                "HOLDFAST_POSTGRES_PASSWORD", "secret",
                "KAFKA_BOOTSTRAP_SERVERS", "kafka.example:9092"));
    try (EmbeddedServices services = EmbeddedServices.start(external, Clock.system())) {
      assertEquals(List.of(), services.children());
      assertEquals("postgres@db.example:5432/holdfast", services.postgres().toString());
      assertEquals("kafka.example:9092", services.bootstrapServers());
    }
  }

  @Test
  void when_one_does_not_start_the_other_is_stopped_and_the_reason_is_told() throws Exception {
    Settings settings = settings(Map.of());
    try (EmbeddedServices first = EmbeddedServices.start(settings, Clock.system())) {
      int taken = first.children().get(0).port();
      Settings clash =
          settings(
              Map.of(
                  "HOLDFAST_POSTGRES_PORT", String.valueOf(taken),
                  "HOLDFAST_DATA", folder.resolve("other").toString()));
      String sentence = reason(clash);
      assertTrue(sentence.contains("port " + taken), sentence);
    }
  }

  private static String reason(Settings settings) throws InterruptedException {
    try (EmbeddedServices unexpected = EmbeddedServices.start(settings, Clock.system())) {
      return "it started: " + unexpected.children();
    } catch (StartException refused) {
      return refused.getMessage();
    }
  }

  private Settings settings(Map<String, String> environment) {
    return new SettingsReader(folder, folder, environment).read(Map.of());
  }

  private static void execute(PostgresLogin login, String sql) throws SQLException {
    String url = "jdbc:postgresql://" + login.host() + ":" + login.port() + "/" + login.database();
    try (Connection connection = DriverManager.getConnection(url, login.user(), login.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
