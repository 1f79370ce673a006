package dev.holdfast.guard;

import java.time.Duration;

/**
 * What opens a breaker, by {@link TripRules}: failures or slow answers.
 *
 * @param failures how many failures in the window it takes, 1 or more
 * @param failureRate which part of the calls in the window must have failed, 0 to 1; at 0 the count
 *     alone decides
 * @param minimumCalls how many calls the window must hold before any rate decides, 1 or more
 * @param slowTime an answer that took as long is slow, 1 ms or more
 * @param slowRate which part of the calls in the window must have been slow, above 0 to 1
 * @param window how long a result counts, 10 ms or more; it slides in tenths
 */
public record TripSettings(
    int failures,
    double failureRate,
    int minimumCalls,
    Duration slowTime,
    double slowRate,
    Duration window) {
  public TripSettings {
    if (failures < 1 || minimumCalls < 1) {
      throw new IllegalArgumentException("a breaker needs failures and calls of 1 or more");
    }
    if (!(failureRate >= 0 && failureRate <= 1)) {
      throw new IllegalArgumentException("a failure rate is 0 to 1, got " + failureRate);
    }
    if (!(slowRate > 0 && slowRate <= 1)) {
      throw new IllegalArgumentException("a slow rate is above 0, up to 1, got " + slowRate);
    }
    if (window.toMillis() < 10 || slowTime.toMillis() < 1) {
      throw new IllegalArgumentException("a window is 10 ms or more, a slow answer 1 ms");
    }
  }

  /** The same with another number of failures, and as many calls before a rate decides. */
  public TripSettings failures(int count) {
    return new TripSettings(count, failureRate, count, slowTime, slowRate, window);
  }

  /** The same with other slow answers. */
  public TripSettings slow(Duration time, double rate) {
    return new TripSettings(failures, failureRate, minimumCalls, time, rate, window);
  }

  /** The same counting over another time. */
  public TripSettings within(Duration time) {
    return new TripSettings(failures, failureRate, minimumCalls, slowTime, slowRate, time);
  }
}
