package dev.holdfast.launcher.settings;

import dev.holdfast.guard.Timeouts;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How long things may take, by name.
 *
 * @param otherwiseMs what holds for a name that is not there
 * @param leastMs no timeout is shorter
 * @param mostMs no timeout is longer
 * @param named the timeouts
 */
public record TimeoutsSettings(
    int otherwiseMs, int leastMs, int mostMs, Map<String, Integer> named) {
  private static final int HOUR_MS = 3_600_000;
  private static final int API_MOST_MS = 60_000;

  public TimeoutsSettings {
    named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
    Ranges.between("leastMs", 1, HOUR_MS, leastMs);
    Ranges.between("mostMs", leastMs, HOUR_MS, mostMs);
    Ranges.between("otherwiseMs", leastMs, mostMs, otherwiseMs);
    for (Map.Entry<String, Integer> one : named.entrySet()) {
      Ranges.between("named." + one.getKey(), 1, HOUR_MS, one.getValue());
    }
    Ranges.between("named.management", 1, API_MOST_MS, named.get("management"));
    // An agent waits for what is outside, and needs time to say that it did not come.
    Ranges.between("named.agent", named.get("network") + 1, HOUR_MS, named.get("agent"));
  }

  static TimeoutsSettings shipped() {
    Map<String, Integer> named = new LinkedHashMap<>();
    named.put("network", 2_000);
    named.put("agent", 5_000);
    named.put("management", 5_000);
    return new TimeoutsSettings(5_000, 100, 120_000, named);
  }

  /** As a table. */
  public Timeouts table() {
    return new Timeouts(
        named.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, one -> Duration.ofMillis(one.getValue()))),
        Duration.ofMillis(otherwiseMs),
        Duration.ofMillis(leastMs),
        Duration.ofMillis(mostMs));
  }
}
