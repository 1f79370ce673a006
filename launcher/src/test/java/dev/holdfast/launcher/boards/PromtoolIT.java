package dev.holdfast.launcher.boards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus' own tools say of the files; {@code .ci/run} sees to it that they are there. */
class PromtoolIT {
  private static final Path DASHBOARDS = Path.of(System.getProperty("holdfast.home"), "dashboards");

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    assumeTrue(isInstalled(command[0]), command[0] + " is not installed");
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), said);
  }

  private static boolean isInstalled(String tool) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }

  @Tag("E-193")
  @Tag("E-195")
  @Tag("E-196")
  @Test
  void prometheus_takes_its_configuration_with_the_rules() throws Exception {
    run(DASHBOARDS, "promtool", "check", "config", "prometheus.yml");
    run(DASHBOARDS.resolveSibling("docker"), "promtool", "check", "config", "prometheus.yml");
  }

  @Tag("E-184")
  @Tag("E-185")
  @Tag("E-186")
  @Tag("E-187")
  @Tag("E-188")
  @Test
  void each_rule_fires_after_its_hold_time_and_not_otherwise() throws Exception {
    run(DASHBOARDS, "promtool", "test", "rules", "prometheus_alerts_test.yml");
  }

  @Tag("E-190")
  @Test
  void alertmanager_takes_its_routes() throws Exception {
    run(DASHBOARDS, "amtool", "check-config", "alertmanager.yml");
  }

  @Tag("E-194")
  @Tag("E-198")
  @Test
  void files_of_another_pace_with_a_redis_and_a_receiver_are_taken_as_well(@TempDir Path folder)
      throws Exception {
    Watched fast =
        Watched.here(Map.of("order", 9001), 10091, 5000)
            .at(0.02)
            .withRedis("127.0.0.1:9121")
            .notifying("http://127.0.0.1:9999/");
    for (Map.Entry<String, String> file : BoardFiles.of(fast).entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    Path dashboards = folder.resolve("dashboards");
    run(dashboards, "promtool", "check", "config", "prometheus.yml");
    run(dashboards, "amtool", "check-config", "alertmanager.yml");
  }

  @Test
  void a_broken_rule_would_be_found(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("broken.yml"), "groups: [{name: a, rules: [{alert: A, expr: 'rate(a)'}]}]");
    assumeTrue(isInstalled("promtool"));
    Process process =
        new ProcessBuilder(List.of("promtool", "check", "rules", "broken.yml"))
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertTrue(process.exitValue() != 0);
  }
}
