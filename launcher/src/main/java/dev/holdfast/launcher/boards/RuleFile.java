package dev.holdfast.launcher.boards;

import dev.holdfast.launcher.boards.AlertRule.Area;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The alert rules as Prometheus reads them, and as promtool tests them. */
final class RuleFile {
  static final String NAME = "prometheus_alerts.yml";

  /** Its path from the other files, which lie in {@code dashboards} or beside it. */
  static final String FROM_BESIDE = "../dashboards/" + NAME;

  private static final Duration EVERY = Duration.ofSeconds(30);

  /** Longer than the longest window. */
  private static final Duration AFTER_HOLD = Duration.ofMinutes(16);

  private final Watched watched;
  private final List<AlertRule> rules;

  RuleFile(Watched watched) {
    this.watched = watched;
    this.rules = rules(watched);
  }

  /** Every rule that says something of what is watched. */
  static List<AlertRule> rules(Watched watched) {
    List<AlertRule> rules =
        new ArrayList<>(
            AlertRule.all(
                List.of(AgentAlerts.rules(), RecoveryAlerts.rules(), HouseAlerts.rules())));
    watched.redis().ifPresent(exporter -> rules.add(HouseAlerts.redisDown()));
    return rules;
  }

  /** One group for each area. */
  Map<String, Object> rules() {
    List<Object> groups = new ArrayList<>();
    for (Area area : Area.values()) {
      List<AlertRule> own = rules.stream().filter(rule -> rule.area() == area).toList();
      groups.add(
          Yaml.map(
              "name", "holdfast-" + text(area),
              "interval", watched.paced(EVERY),
              "rules", own.stream().map(this::rule).toList()));
    }
    return Yaml.map("groups", groups);
  }

  private Map<String, Object> rule(AlertRule rule) {
    return Yaml.map(
        "alert", rule.name(),
        "expr", watched.paced(rule.expression()),
        "for", watched.paced(rule.hold()),
        "labels", labels(rule),
        "annotations", annotations(rule, rule.summary()));
  }

  private static Map<String, Object> labels(AlertRule rule) {
    return Yaml.map("severity", text(rule.severity()), "area", text(rule.area()));
  }

  private Map<String, Object> annotations(AlertRule rule, String summary) {
    return Yaml.map("summary", summary, "runbook_url", watched.runbooks() + rule.name() + ".md");
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Each rule is seen not to fire before its hold time is over, to fire then, and not to fire. */
  Map<String, Object> tests() {
    List<Object> tests = new ArrayList<>();
    for (AlertRule rule : rules) {
      List<Object> checks = new ArrayList<>();
      if (!rule.hold().isZero()) {
        checks.add(check(rule, PaceRules.text(rule.hold().minus(EVERY)), List.of()));
      }
      String over = PaceRules.text(rule.hold().plus(AFTER_HOLD));
      checks.add(check(rule, over, List.of(fired(rule))));
      tests.add(test(rule.name() + " fires", rule.trial().firing(), checks));
      tests.add(
          test(
              rule.name() + " does not fire",
              rule.trial().quiet(),
              List.of(check(rule, over, List.of()))));
    }
    return Yaml.map(
        "rule_files", List.of(NAME),
        "evaluation_interval", PaceRules.text(EVERY),
        "tests", tests);
  }

  private static Map<String, Object> test(
      String name, Map<String, String> series, List<Object> checks) {
    List<Object> inputs = new ArrayList<>();
    new TreeMap<>(series)
        .forEach((one, values) -> inputs.add(Yaml.map("series", one, "values", values)));
    return Yaml.map(
        "name", name,
        "interval", PaceRules.text(EVERY),
        "input_series", inputs,
        "alert_rule_test", checks);
  }

  private static Map<String, Object> check(AlertRule rule, String at, List<Object> expected) {
    Map<String, Object> check = Yaml.map("eval_time", at, "alertname", rule.name());
    if (!expected.isEmpty()) {
      check.put("exp_alerts", expected);
    }
    return check;
  }

  private Map<String, Object> fired(AlertRule rule) {
    Map<String, Object> labels = new LinkedHashMap<>(labels(rule));
    labels.putAll(new TreeMap<>(rule.trial().labels()));
    return Yaml.map("exp_labels", labels, "exp_annotations", annotations(rule, rule.tried()));
  }
}
