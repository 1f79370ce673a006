package dev.holdfast.launcher.boards;

import dev.holdfast.alert.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One alert: when it fires, what it says, and proof of both.
 *
 * @param name as Alertmanager shows it; its page is {@code docs/operations/<name>.md}
 * @param area what kind of thing it is about, by which it is routed
 * @param expression in PromQL, with a threshold
 * @param hold how long the expression must hold
 * @param summary one sentence that names what it is about, with {@code {{ $labels.x }}}
 * @param trial series under which it fires, and does not
 */
record AlertRule(
    String name,
    Area area,
    Severity severity,
    String expression,
    Duration hold,
    String summary,
    Trial trial) {

  /** What it is about. */
  enum Area {
    WORKER,
    REQUEST,
    CACHE,
    BREAKER,
    DEADLETTER,
    DATABASE,
    INFRASTRUCTURE,
    PLATFORM
  }

  /**
   * Series in promtool's notation.
   *
   * @param firing under which it fires, after its hold time
   * @param quiet under which it never does
   * @param labels that the alert then has, beside severity and area
   */
  record Trial(Map<String, String> firing, Map<String, String> quiet, Map<String, String> labels) {}

  /** The summary as it reads with the trial's labels. */
  String tried() {
    String text = summary;
    for (Map.Entry<String, String> label : trial.labels().entrySet()) {
      text = text.replace("{{ $labels." + label.getKey() + " }}", label.getValue());
    }
    return text;
  }

  static Duration minutes(int count) {
    return Duration.ofMinutes(count);
  }

  /** All rules of several lists. */
  static List<AlertRule> all(List<List<AlertRule>> lists) {
    return lists.stream().flatMap(List::stream).toList();
  }
}
