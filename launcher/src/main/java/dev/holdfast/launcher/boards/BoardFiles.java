package dev.holdfast.launcher.boards;

import dev.holdfast.telemetry.MetricNames;
import java.util.Map;
import java.util.TreeMap;

/** Every file that follows from what is watched, by its path in the checkout. */
public final class BoardFiles {
  private static final String METERS = "docs/metrics.md";

  private BoardFiles() {}

  /**
   * All of them, with meters under names of one's own. The list of meters has the declared names.
   */
  public static Map<String, String> of(Watched watched, MetricNames names) {
    Map<String, String> files = of(watched);
    files.replaceAll((path, text) -> path.equals(METERS) ? text : names.in(text));
    return files;
  }

  /** All of them, with meters under the names that are declared. */
  public static Map<String, String> of(Watched watched) {
    Map<String, String> files = new TreeMap<>();
    RuleFile rules = new RuleFile(watched);
    Watched inside = watched.fromContainers();
    files.put("dashboards/prometheus.yml", Yaml.file(new ScrapeFile(watched).content()));
    files.put("docker/prometheus.yml", Yaml.file(new ScrapeFile(inside).content()));
    files.put("dashboards/" + RuleFile.NAME, Yaml.file(rules.rules()));
    files.put("dashboards/alertmanager.yml", Yaml.file(new RoutingFile(watched).content()));
    if (watched.pace() == 1) {
      files.put("dashboards/prometheus_alerts_test.yml", Yaml.file(rules.tests()));
    }
    BoardJson json = new BoardJson(watched);
    for (Board board : Board.all()) {
      files.put("dashboards/grafana/" + board.file() + ".json", json.text(board));
    }
    files.put(METERS, MeterPage.text());
    return files;
  }
}
