package dev.holdfast.launcher.boards;

import dev.holdfast.launcher.boards.Panel.Kind;
import dev.holdfast.launcher.boards.Panel.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A panel as Grafana reads it. */
final class PanelJson {
  private static final Map<String, Object> SOURCE =
      Yaml.map("type", "prometheus", "uid", "${datasource}");

  /** Series whose name says whether they are good. */
  private static final List<String> GOOD = List.of("hits", "success true", "successes");

  private static final List<String> BAD = List.of("misses", "success false", "refused");

  private final Panel panel;

  PanelJson(Panel panel) {
    this.panel = panel;
  }

  /**
   * The panel.
   *
   * @param id its number on the board, from 1
   * @param runbook the page that explains it
   */
  Map<String, Object> at(int id, int x, int y, String runbook) {
    Map<String, Object> json =
        Yaml.map(
            "id", id,
            "title", panel.title(),
            "type", panel.kind().type,
            "description", panel.note(),
            "datasource", SOURCE,
            "gridPos", Yaml.map("h", panel.height(), "w", panel.width(), "x", x, "y", y),
            "links", List.of(Yaml.map("title", "Runbook", "url", runbook, "targetBlank", true)),
            "targets", targets(),
            "fieldConfig", Yaml.map("defaults", defaults(), "overrides", overrides()),
            "options", options());
    if (panel.kind() == Kind.TABLE) {
      json.put("transformations", columns());
    }
    return json;
  }

  private List<Object> targets() {
    List<Object> targets = new ArrayList<>();
    for (Query query : panel.queries()) {
      boolean now = panel.kind().isOfNow();
      targets.add(
          Yaml.map(
              "refId", ref(targets.size()),
              "datasource", SOURCE,
              "expr", query.expression(),
              "legendFormat", query.legend(),
              "instant", now,
              "range", !now,
              "format", format()));
    }
    return targets;
  }

  private static String ref(int at) {
    return String.valueOf((char) ('A' + at));
  }

  private String format() {
    return switch (panel.kind()) {
      case TABLE -> "table";
      case HEATMAP -> "heatmap";
      default -> "time_series";
    };
  }

  private Map<String, Object> defaults() {
    boolean coloured = !panel.steps().equals(Steps.PLAIN) && !isDrawn();
    return Yaml.map(
        "unit", panel.unit(),
        "color", Yaml.map("mode", coloured ? "thresholds" : "palette-classic"),
        "thresholds", Yaml.map("mode", "absolute", "steps", steps()),
        "mappings", mappings(),
        "custom", custom());
  }

  private boolean isDrawn() {
    return panel.kind().type.equals("timeseries") || panel.kind().type.equals("piechart");
  }

  private List<Object> steps() {
    List<Object> steps = new ArrayList<>();
    steps.add(Yaml.map("value", null, "color", panel.steps().base()));
    panel
        .steps()
        .steps()
        .forEach(step -> steps.add(Yaml.map("value", step.from(), "color", step.colour())));
    return steps;
  }

  private List<Object> mappings() {
    if (panel.steps().texts().isEmpty()) {
      return List.of();
    }
    Map<String, Object> options = Yaml.map();
    for (Steps.Text text : panel.steps().texts()) {
      options.put(
          String.valueOf(text.value()),
          Yaml.map("text", text.text(), "color", text.colour(), "index", options.size()));
    }
    return List.of(Yaml.map("type", "value", "options", options));
  }

  private Map<String, Object> custom() {
    return switch (panel.kind()) {
      case LINES -> drawn("line", "smooth", "none");
      case STEPS -> drawn("line", "stepAfter", "none");
      case STACKED -> drawn("line", "linear", "normal");
      case BARS -> drawn("bars", "linear", "none");
      case TABLE -> Yaml.map("cellOptions", Yaml.map("type", "color-text"));
      case STATES -> Yaml.map("fillOpacity", 80, "lineWidth", 0);
      default -> Yaml.map();
    };
  }

  private Map<String, Object> drawn(String style, String interpolation, String stacking) {
    return Yaml.map(
        "drawStyle",
        style,
        "lineInterpolation",
        interpolation,
        "fillOpacity",
        style.equals("bars") ? 80 : 10,
        "stacking",
        Yaml.map("mode", stacking),
        "thresholdsStyle",
        Yaml.map("mode", panel.steps().steps().isEmpty() ? "off" : "dashed"));
  }

  private List<Object> overrides() {
    List<Object> overrides = new ArrayList<>();
    for (Query query : panel.queries()) {
      if (GOOD.contains(query.legend())) {
        overrides.add(named(query.legend(), Steps.GREEN));
      } else if (BAD.contains(query.legend())) {
        overrides.add(named(query.legend(), Steps.RED));
      }
    }
    return overrides;
  }

  private static Map<String, Object> named(String series, String colour) {
    return Yaml.map(
        "matcher", Yaml.map("id", "byName", "options", series),
        "properties",
            List.of(
                Yaml.map("id", "color", "value", Yaml.map("mode", "fixed", "fixedColor", colour))));
  }

  private Map<String, Object> options() {
    Map<String, Object> last = Yaml.map("calcs", List.of("lastNotNull"), "values", false);
    return switch (panel.kind()) {
      case STAT -> Yaml.map("reduceOptions", last, "graphMode", "area", "colorMode", "value");
      case GAUGE -> Yaml.map("reduceOptions", last, "showThresholdMarkers", true);
      case BAR_GAUGE ->
          Yaml.map("reduceOptions", last, "orientation", "horizontal", "displayMode", "basic");
      case PIE -> Yaml.map("reduceOptions", last, "pieType", "pie", "legend", legend());
      case DONUT -> Yaml.map("reduceOptions", last, "pieType", "donut", "legend", legend());
      case TABLE -> Yaml.map("showHeader", true, "sortBy", List.of());
      case HEATMAP ->
          Yaml.map(
              "calculate", false,
              "yAxis", Yaml.map("unit", panel.unit()),
              "color", Yaml.map("mode", "scheme", "scheme", "Oranges", "steps", 64));
      case STATES -> Yaml.map("showValue", "auto", "mergeValues", true, "legend", legend());
      case LINES, STACKED, BARS, STEPS ->
          Yaml.map("legend", legend(), "tooltip", Yaml.map("mode", "multi", "sort", "desc"));
    };
  }

  private static Map<String, Object> legend() {
    return Yaml.map("displayMode", "list", "placement", "bottom", "showLegend", true);
  }

  /** All queries side by side, each a column with its own name. */
  private List<Object> columns() {
    Map<String, Object> names = Yaml.map();
    List<Query> queries = panel.queries();
    for (int at = 0; at < queries.size(); at++) {
      String column = queries.size() == 1 ? "Value" : "Value #" + ref(at);
      names.put(column, queries.get(at).legend());
    }
    return Arrays.asList(
        Yaml.map("id", "merge", "options", Yaml.map()),
        Yaml.map(
            "id",
            "organize",
            "options",
            Yaml.map("excludeByName", Yaml.map("Time", true), "renameByName", names)));
  }
}
