package dev.holdfast.alert;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** When so many alerts begin that they are told as one. */
final class StormRules {
  /** The condition of the alert that stands for the others. */
  static final String CONDITION = "AlertStorm";

  private StormRules() {}

  /**
   * Whether there is a storm.
   *
   * @param isOn whether there was one
   * @param begun alerts that began within the window
   * @param limit how many may begin in it without a storm
   */
  static boolean isStorm(boolean isOn, int begun, int limit) {
    return isOn ? begun > limit / 2 : begun > limit;
  }

  /** One sentence about the alerts of a storm: how many of which condition. */
  static String text(Collection<Alert> alerts) {
    Map<String, Long> counts =
        alerts.stream()
            .collect(Collectors.groupingBy(Alert::condition, TreeMap::new, Collectors.counting()));
    String each =
        counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return "%d alerts are told as one: %s".formatted(alerts.size(), each);
  }
}
