package dev.holdfast.guard;

import java.time.Duration;

/**
 * When a breaker opens, and how it closes again. It opens when the window holds both enough
 * failures and enough of them among all calls: the count alone would open under heavy load at a
 * failure in a thousand, the rate alone at the first failure of the night.
 *
 * @param failures how many failures in the window it takes, 1 or more
 * @param failureRate which part of the calls in the window must have failed, 0 to 1; at 0 the count
 *     alone decides
 * @param window how long a result counts; it slides in tenths
 * @param openFor how long the first opening lasts
 * @param openForMax what no opening passes; each reopening from half-open lasts twice as long as
 *     the one before
 * @param probes how many calls pass while half-open, all of which must succeed
 * @param probeTime the longest a probe may take
 */
public record BreakerSettings(
    int failures,
    double failureRate,
    Duration window,
    Duration openFor,
    Duration openForMax,
    int probes,
    Duration probeTime) {

  /** 5 failures, half of the calls in 10 s; opens for 60 s; 3 probes of 5 s (E-002, E-003). */
  public static final BreakerSettings DEFAULTS =
      new BreakerSettings(
          5,
          0.5,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(300),
          3,
          Duration.ofSeconds(5));

  public BreakerSettings {
    if (failures < 1 || probes < 1) {
      throw new IllegalArgumentException("a breaker needs failures and probes of 1 or more");
    }
    if (!(failureRate >= 0 && failureRate <= 1)) {
      throw new IllegalArgumentException("a failure rate is 0 to 1, got " + failureRate);
    }
    if (window.toMillis() < 10 || openFor.toMillis() < 1 || probeTime.toMillis() < 1) {
      throw new IllegalArgumentException("a breaker's window is 10 ms or more, its times 1 ms");
    }
    if (openForMax.compareTo(openFor) < 0) {
      throw new IllegalArgumentException("openForMax must not be shorter than openFor");
    }
  }

  /** The same, opening for another time. */
  public BreakerSettings opening(Duration forTime, Duration max) {
    return new BreakerSettings(failures, failureRate, window, forTime, max, probes, probeTime);
  }

  /** The same with another number of failures. */
  public BreakerSettings failures(int count) {
    return new BreakerSettings(count, failureRate, window, openFor, openForMax, probes, probeTime);
  }
}
