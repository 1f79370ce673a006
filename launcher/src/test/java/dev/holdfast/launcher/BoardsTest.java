package dev.holdfast.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.boards.BoardFiles;
import dev.holdfast.launcher.command.BoardsCommand;
import dev.holdfast.launcher.settings.SettingsReader;
import dev.holdfast.telemetry.MetricNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BoardsTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("holdfast.home"));

  private final Map<String, String> files =
      BoardFiles.of(
          BoardsCommand.of(new SettingsReader(CHECKOUT, CHECKOUT, Map.of()).read(Map.of()).http()));

  @Tag("E-221")
  @Test
  void the_files_of_the_checkout_are_those_that_holdfast_boards_writes() throws IOException {
    List<String> others = new ArrayList<>();
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = CHECKOUT.resolve(file.getKey());
      if (!Files.exists(path) || !Files.readString(path).equals(file.getValue())) {
        others.add(file.getKey());
      }
    }
    assertEquals(List.of(), others, "run: ./holdfast boards");
  }

  @Test
  void each_alert_has_its_page_and_stands_in_the_list() throws IOException {
    Path pages = CHECKOUT.resolve("docs/operations");
    String list = Files.readString(pages.resolve("README.md"));
    Matcher alerts =
        Pattern.compile("- alert: (\\w+)").matcher(files.get("dashboards/prometheus_alerts.yml"));
    List<String> missing = new ArrayList<>();
    while (alerts.find()) {
      String page = alerts.group(1) + ".md";
      if (!list.contains("](" + page + ")")
          || !Files.readString(pages.resolve(page)).startsWith("# " + alerts.group(1) + "\n")) {
        missing.add(page);
      }
    }
    assertEquals(List.of(), missing);
  }

  @Tag("E-220")
  @Tag("E-223")
  @Test
  void links_between_pages_lead_somewhere() throws IOException {
    List<String> dead = new ArrayList<>();
    try (Stream<Path> pages = Files.list(CHECKOUT.resolve("docs/operations"))) {
      for (Path page : pages.filter(Files::isRegularFile).toList()) {
        Matcher links = Pattern.compile("]\\(([^)#]+)(#[^)]*)?\\)").matcher(Files.readString(page));
        while (links.find()) {
          if (!Files.exists(page.resolveSibling(links.group(1)))) {
            dead.add(page.getFileName() + ": " + links.group(1));
          }
        }
      }
    }
    assertEquals(List.of(), dead);
  }

  @Test
  void boards_and_rules_ask_for_names_with_the_chosen_prefix() {
    Map<String, String> renamed =
        BoardFiles.of(
            BoardsCommand.of(
                new SettingsReader(CHECKOUT, CHECKOUT, Map.of()).read(Map.of()).http()),
            new MetricNames("shop_"));
    String rules = renamed.get("dashboards/prometheus_alerts.yml");
    assertTrue(rules.contains("expr: shop_worker_health_status == 0"), rules);
    assertTrue(rules.contains("holdfast_platform_level >= 1"), rules);
    String board = renamed.get("dashboards/grafana/02-requests.json");
    assertTrue(board.contains("shop_agent_request_duration_seconds_bucket"), board);
    assertFalse(board.contains("holdfast_agent_requests_total"), board);
  }

  @Test
  void no_board_lies_there_that_nothing_writes() throws IOException {
    TreeSet<String> there = new TreeSet<>();
    try (Stream<Path> all = Files.list(CHECKOUT.resolve("dashboards/grafana"))) {
      all.forEach(path -> there.add("dashboards/grafana/" + path.getFileName()));
    }
    there.removeAll(files.keySet());
    assertEquals(new TreeSet<>(), there);
  }
}
