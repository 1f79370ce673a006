package dev.holdfast.launcher.boards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.launcher.boards.Board.Variable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A board as Grafana reads it, from a file or by import. */
final class BoardJson {
  private static final int SCHEMA = 39;
  private static final int COLUMNS = 24;
  private static final List<String> INTERVALS = List.of("5s", "10s", "30s", "1m", "5m");

  private final Watched watched;

  BoardJson(Watched watched) {
    this.watched = watched;
  }

  String text(Board board) {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    try {
      return new ObjectMapper().writer(printer).writeValueAsString(content(board)) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private Map<String, Object> content(Board board) {
    String guide = watched.runbooks() + board.page();
    return Yaml.map(
        "uid", "holdfast-" + board.file(),
        "title", "Holdfast / " + board.title(),
        "tags", List.of("holdfast"),
        "schemaVersion", SCHEMA,
        "version", 1,
        "editable", true,
        "refresh", board.refresh(),
        "time", Yaml.map("from", board.from(), "to", "now"),
        "timepicker", Yaml.map("refresh_intervals", INTERVALS),
        "templating", Yaml.map("list", variables(board)),
        "links",
            List.of(
                Yaml.map("type", "link", "title", "Guide", "url", guide, "targetBlank", true),
                Yaml.map("type", "dashboards", "title", "Holdfast", "tags", List.of("holdfast"))),
        "panels", panels(board, guide));
  }

  private static List<Object> variables(Board board) {
    List<Object> all = new ArrayList<>();
    all.add(
        Yaml.map(
            "name",
            "datasource",
            "type",
            "datasource",
            "label",
            "Prometheus",
            "query",
            "prometheus"));
    for (Variable variable : board.variables()) {
      String query = "label_values(" + variable.metric() + ", " + variable.label() + ")";
      Map<String, Object> json =
          Yaml.map(
              "name", variable.name(),
              "type", "query",
              "datasource", Yaml.map("type", "prometheus", "uid", "${datasource}"),
              "definition", query,
              "query", Yaml.map("query", query, "refId", variable.name()),
              "refresh", 2,
              "sort", 1,
              "multi", variable.all(),
              "includeAll", variable.all());
      if (variable.all()) {
        json.put("allValue", ".*");
        json.put("current", Yaml.map("text", "All", "value", "$__all"));
      }
      all.add(json);
    }
    return all;
  }

  /** From left to right; a panel that has no room begins a line. */
  private static List<Object> panels(Board board, String guide) {
    List<Object> all = new ArrayList<>();
    int x = 0;
    int y = 0;
    int line = 0;
    for (Panel panel : board.panels()) {
      if (x + panel.width() > COLUMNS) {
        x = 0;
        y += line;
        line = 0;
      }
      all.add(new PanelJson(panel).at(all.size() + 1, x, y, guide));
      x += panel.width();
      line = Math.max(line, panel.height());
    }
    return all;
  }
}
