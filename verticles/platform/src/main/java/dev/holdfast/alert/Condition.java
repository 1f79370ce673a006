package dev.holdfast.alert;

import java.time.Duration;
import java.util.Objects;

/**
 * When an alert begins and when it is over.
 *
 * @param name such as {@code CircuitBreakerOpen}; what to do about it stands in {@code
 *     docs/operations} under this name
 * @param enabled whether it is looked for
 * @param severity of its alerts
 * @param threshold it holds while what is observed is more than this
 * @param hold how long it must hold before there is an alert
 * @param clear how long it must not hold before the alert is resolved
 */
public record Condition(
    String name,
    boolean enabled,
    Severity severity,
    double threshold,
    Duration hold,
    Duration clear) {
  public Condition {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(severity, "severity");
    if (hold.isNegative() || clear.isNegative()) {
      throw new IllegalArgumentException(name + " has a negative time");
    }
  }

  /** Whether it holds for what is observed. */
  boolean holds(Observation seen) {
    return enabled && seen.value() > threshold;
  }
}
