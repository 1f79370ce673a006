package dev.holdfast.launcher.boards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the files for containers say, which no test can start here. */
class ContainersTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("holdfast.home"));

  private static JsonNode file(String path) throws IOException {
    return new YAMLMapper().readTree(CHECKOUT.resolve(path).toFile());
  }

  private static JsonNode service(String name) throws IOException {
    return file("docker/compose.yaml").path("services").path(name);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  @Tag("E-197")
  @Test
  void prometheus_keeps_fifteen_days_unless_told_and_is_on_9090() throws IOException {
    JsonNode prometheus = service("prometheus");
    assertTrue(
        texts(prometheus.path("command"))
            .contains("--storage.tsdb.retention.time=${PROMETHEUS_RETENTION_DAYS:-15}d"));
    assertEquals(List.of("127.0.0.1:9090:9090"), texts(prometheus.path("ports")));
    assertEquals(
        "15s", file("docker/prometheus.yml").path("global").path("scrape_interval").asText());
  }

  @Tag("E-212")
  @Tag("E-222")
  @Test
  void grafana_has_data_source_boards_a_port_to_choose_and_no_password_of_its_own()
      throws IOException {
    JsonNode grafana = service("grafana");
    JsonNode environment = grafana.path("environment");
    assertTrue(environment.path("GF_SECURITY_ADMIN_PASSWORD").asText().contains(":?"));
    assertEquals("http://prometheus:9090", environment.path("PROMETHEUS_URL").asText());
    assertEquals(List.of("127.0.0.1:${GRAFANA_PORT:-3000}:3000"), texts(grafana.path("ports")));
    JsonNode source =
        file("docker/grafana/provisioning/datasources/prometheus.yaml").path("datasources").get(0);
    assertEquals("${PROMETHEUS_URL}", source.path("url").asText());
    String boards =
        file("docker/grafana/provisioning/dashboards/holdfast.yaml")
            .path("providers")
            .get(0)
            .path("options")
            .path("path")
            .asText();
    assertTrue(texts(grafana.path("volumes")).contains("../dashboards/grafana:" + boards + ":ro"));
  }

  @Test
  void every_container_is_health_checked_and_bound_to_loopback() throws IOException {
    for (JsonNode service : file("docker/compose.yaml").path("services")) {
      assertTrue(service.has("healthcheck"), service.toString());
      texts(service.path("ports")).forEach(port -> assertTrue(port.startsWith("127.0.0.1:"), port));
    }
  }
}
