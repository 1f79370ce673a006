package dev.holdfast.launcher.boards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.boards.Board.Variable;
import dev.holdfast.launcher.boards.Panel.Query;
import dev.holdfast.telemetry.Meter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every expression of boards and rules asks for what is declared. */
class BoardQueriesTest {
  private static final Watched WATCHED =
      Watched.here(Map.of("order", 8001), 9091, 4000).withRedis("127.0.0.1:9121");

  /** What Prometheus and libraries show, with its labels. */
  private static final Map<String, Set<String>> OTHERS =
      Map.of(
          "up", Set.of(),
          "jvm_memory_used_bytes", Set.of("area", "id"),
          "jvm_memory_max_bytes", Set.of("area", "id"),
          "system_cpu_usage", Set.of());

  /** What Prometheus adds. */
  private static final Set<String> SCRAPED = Set.of("job", "instance", "target");

  private static final Pattern NAMED =
      Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?(\\w+)\\s*\\}\\}");

  private final Map<String, Set<String>> known = known();

  private static Map<String, Set<String>> known() {
    Map<String, Set<String>> known = new HashMap<>(OTHERS);
    for (Meter meter : Meter.all()) {
      Set<String> labels = Set.copyOf(meter.labels());
      if (meter.kind() == Meter.Kind.HISTOGRAM) {
        Set<String> withBound = new TreeSet<>(labels);
        withBound.add("le");
        known.put(meter.title() + "_bucket", withBound);
        known.put(meter.title() + "_sum", labels);
        known.put(meter.title() + "_count", labels);
      } else {
        known.put(meter.title(), labels);
      }
    }
    return known;
  }

  private void check(String where, String text, String shown, List<String> wrong) {
    Expression expression = new Expression(text);
    assertFalse(expression.matched.isEmpty(), where);
    Set<String> all = new TreeSet<>(SCRAPED);
    expression.matched.forEach(
        (metric, labels) -> {
          Set<String> own = known.get(metric);
          if (own == null) {
            wrong.add(where + ": no meter " + metric);
            return;
          }
          all.addAll(own);
          labels.stream()
              .filter(label -> !own.contains(label) && !SCRAPED.contains(label))
              .forEach(label -> wrong.add(where + ": " + metric + " has no label " + label));
        });
    Set<String> used = new TreeSet<>(expression.grouped);
    Matcher named = NAMED.matcher(shown);
    while (named.find()) {
      used.add(named.group(1));
    }
    used.stream()
        .filter(label -> !all.contains(label))
        .forEach(label -> wrong.add(where + ": nothing has the label " + label));
  }

  private List<String> wrongOf(Board board) {
    List<String> wrong = new ArrayList<>();
    for (Panel panel : board.panels()) {
      for (Query query : panel.queries()) {
        check(board.title() + " / " + panel.title(), query.expression(), query.legend(), wrong);
      }
    }
    for (Variable variable : board.variables()) {
      if (!known.getOrDefault(variable.metric(), Set.of()).contains(variable.label())) {
        wrong.add(board.title() + ": variable " + variable.name());
      }
    }
    return wrong;
  }

  @Tag("E-199")
  @Tag("E-200")
  @Tag("E-219")
  @Test
  void boards_ask_for_declared_meters_and_labels() {
    assertEquals(
        List.of(), Board.all().stream().flatMap(board -> wrongOf(board).stream()).toList());
  }

  @Tag("E-189")
  @Test
  void rules_ask_for_declared_meters_and_labels() {
    List<String> wrong = new ArrayList<>();
    for (AlertRule rule : RuleFile.rules(WATCHED)) {
      check(rule.name(), rule.expression(), rule.summary(), wrong);
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void an_expression_that_asks_for_something_else_is_found() {
    List<String> wrong = new ArrayList<>();
    check("a", "sum by (agent) (rate(holdfast_nothing_total[5m]))", "", wrong);
    check("b", "rate(requests_total{agent=\"order\"}[5m])", "{{worker}}", wrong);
    assertEquals(4, wrong.size(), wrong.toString());
  }

  @Tag("E-213")
  @Tag("E-214")
  @Tag("E-215")
  @Tag("E-216")
  @Tag("E-217")
  @Tag("E-218")
  @Test
  void the_six_boards_have_the_seventy_one_panels() {
    List<Integer> panels =
        Board.all().stream().limit(6).map(board -> board.panels().size()).toList();
    assertEquals(List.of(9, 10, 12, 12, 13, 15), panels);
  }

  @Tag("E-203")
  @Test
  void the_system_overview_has_its_eight_and_an_agents_board_its_four() {
    assertEquals(8, OverviewBoards.system().panels().size());
    assertEquals("now-15m", OverviewBoards.system().from());
    assertEquals(4, OverviewBoards.agent().panels().size());
  }

  private static Panel of(Board board, String title) {
    return board.panels().stream()
        .filter(panel -> panel.title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private static void check(String title, Panel.Kind kind, Steps steps, String... expressions) {
    Panel panel = of(OverviewBoards.system(), title);
    assertEquals(kind, panel.kind(), title);
    assertEquals(steps, panel.steps(), title);
    assertEquals(
        List.of(expressions), panel.queries().stream().map(Query::expression).toList(), title);
  }

  @Tag("E-204")
  @Tag("E-205")
  @Tag("E-206")
  @Tag("E-207")
  @Tag("E-208")
  @Tag("E-209")
  @Tag("E-210")
  @Tag("E-211")
  @Test
  void the_system_overview_shows_what_is_asked_for_in_the_colours_that_are() {
    check("System health", Panel.Kind.STAT, Steps.better(60, 300), "server_uptime_seconds");
    check("Events received", Panel.Kind.STAT, Steps.PLAIN, "events_received_total");
    check(
        "Active WebSocket connections",
        Panel.Kind.STAT,
        Steps.goodFrom(1),
        "websocket_connections_active");
    check("HTTP request rate", Panel.Kind.STAT, Steps.PLAIN, "sum(rate(http_requests_total[1m]))");
    check(
        "Events over time",
        Panel.Kind.LINES,
        Steps.PLAIN,
        "sum(rate(events_received_total[$__rate_interval]))");
    check(
        "WebSocket timeline",
        Panel.Kind.LINES,
        Steps.PLAIN,
        "websocket_connections_active",
        "rate(websocket_connections_total[$__rate_interval]) * 60",
        "rate(websocket_disconnections_total[$__rate_interval]) * 60");
    check(
        "Error rate",
        Panel.Kind.BARS,
        new Steps(Steps.RED, List.of(), List.of()),
        "sum(rate(events_failed_total[$__rate_interval]))");
    check(
        "Requests by path",
        Panel.Kind.TABLE,
        Steps.PLAIN,
        "sort_desc(sum by (path) (http_requests_by_path_total))");
  }

  @Tag("E-169")
  @Tag("E-202")
  @Test
  void an_agents_board_has_rate_errors_and_duration() {
    assertEquals(
        List.of(
            "rate(requests_total{agent_id=\"$agent\"}[5m])",
            "rate(errors_total{agent_id=\"$agent\"}[5m]) / "
                + "rate(requests_total{agent_id=\"$agent\"}[5m])",
            "histogram_quantile(0.95, rate(request_duration_ms_bucket{agent_id=\"$agent\"}[5m]))",
            "active_connections{agent_id=\"$agent\"}"),
        OverviewBoards.agent().panels().stream()
            .map(panel -> panel.queries().getFirst().expression())
            .toList());
  }

  @Test
  void panels_have_a_title_a_unit_and_a_place() {
    for (Board board : Board.all()) {
      for (Panel panel : board.panels()) {
        assertFalse(panel.title().isBlank());
        assertFalse(panel.unit().isBlank(), panel.title());
        assertTrue(panel.width() <= 24, panel.title());
      }
      long titles = board.panels().stream().map(Panel::title).distinct().count();
      assertEquals(board.panels().size(), titles, board.title());
    }
  }
}
