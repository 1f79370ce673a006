package dev.holdfast.launcher.boards;

import java.util.ArrayList;
import java.util.List;

/**
 * One panel of a board.
 *
 * @param title what it shows
 * @param kind how
 * @param unit Grafana's name of the unit
 * @param queries what is asked
 * @param steps where colours change
 * @param note what to make of it, in a sentence; may be empty
 * @param width in 24ths of the board
 * @param height in Grafana's rows
 */
record Panel(
    String title,
    Kind kind,
    String unit,
    List<Query> queries,
    Steps steps,
    String note,
    int width,
    int height) {

  /** How a panel looks, with Grafana's name of its type. */
  enum Kind {
    STAT("stat", 6, 4),
    GAUGE("gauge", 6, 4),
    LINES("timeseries", 12, 8),
    STACKED("timeseries", 12, 8),
    BARS("timeseries", 12, 8),
    STEPS("timeseries", 12, 8),
    BAR_GAUGE("bargauge", 12, 8),
    PIE("piechart", 12, 8),
    DONUT("piechart", 12, 8),
    TABLE("table", 24, 8),
    HEATMAP("heatmap", 24, 8),
    STATES("state-timeline", 24, 8);

    final String type;
    final int width;
    final int height;

    Kind(String type, int width, int height) {
      this.type = type;
      this.width = width;
      this.height = height;
    }

    /** Whether the newest value alone is shown. */
    boolean isOfNow() {
      return switch (this) {
        case BAR_GAUGE, PIE, DONUT, TABLE -> true;
        case STAT, GAUGE, LINES, STACKED, BARS, STEPS, HEATMAP, STATES -> false;
      };
    }
  }

  /**
   * One expression.
   *
   * @param expression in PromQL, with Grafana's variables
   * @param legend how its series are named; a table's column
   */
  record Query(String expression, String legend) {}

  static Panel of(Kind kind, String title, String unit, String expression, String legend) {
    return new Panel(
        title,
        kind,
        unit,
        List.of(new Query(expression, legend)),
        Steps.PLAIN,
        "",
        kind.width,
        kind.height);
  }

  static Panel of(Kind kind, String title, String unit, String expression) {
    return of(kind, title, unit, expression, "");
  }

  /** With a further expression. */
  Panel and(String expression, String legend) {
    List<Query> more = new ArrayList<>(queries);
    more.add(new Query(expression, legend));
    return new Panel(title, kind, unit, List.copyOf(more), steps, note, width, height);
  }

  /** With colours. */
  Panel coloured(Steps other) {
    return new Panel(title, kind, unit, queries, other, note, width, height);
  }

  /** With a sentence for whoever points at it. */
  Panel saying(String text) {
    return new Panel(title, kind, unit, queries, steps, text, width, height);
  }

  /** As wide as told. */
  Panel wide(int columns) {
    return new Panel(title, kind, unit, queries, steps, note, columns, height);
  }
}
