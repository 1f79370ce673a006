package dev.holdfast.guard;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long things may take, by name: one table for the process.
 *
 * @param named each within the bounds
 * @param otherwise what holds for a name that is not there
 * @param least the lower bound of all
 * @param most the upper bound of all
 */
public record Timeouts(
    Map<String, Duration> named, Duration otherwise, Duration least, Duration most) {
  public Timeouts {
    if (least.toMillis() < 1 || most.compareTo(least) < 0) {
      throw new IllegalArgumentException(
          "timeouts need 1 ms <= least <= most, got " + least + ", " + most);
    }
    Map<String, Duration> within = new LinkedHashMap<>();
    for (Map.Entry<String, Duration> one : named.entrySet()) {
      within.put(one.getKey(), clamp(one.getValue(), least, most));
    }
    named = Map.copyOf(within);
    otherwise = clamp(otherwise, least, most);
  }

  private static Duration clamp(Duration time, Duration least, Duration most) {
    if (time.compareTo(least) < 0) {
      return least;
    }
    return time.compareTo(most) > 0 ? most : time;
  }

  /** The timeout of this name, or the one for names that are not there. */
  public Duration of(String name) {
    return named.getOrDefault(name, otherwise);
  }

  /** A time that somebody asks for, within the bounds. */
  public Duration within(Duration asked) {
    return clamp(asked, least, most);
  }

  /** The moment that a timeout of this name passes, if it begins now. */
  public Deadline deadline(String name, Clock clock) {
    return Deadline.in(of(name), clock);
  }
}
