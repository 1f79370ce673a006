package dev.holdfast.guard;

import java.time.Duration;

/**
 * When a breaker opens, and how it closes again. It opens by {@link TripRules}, on failures or on
 * slow answers.
 *
 * @param failures how many failures in the window it takes, 1 or more
 * @param failureRate which part of the calls in the window must have failed, 0 to 1; at 0 the count
 *     alone decides
 * @param minimumCalls how many calls the window must hold before any rate decides, 1 or more
 * @param slowTime an answer that took as long is slow
 * @param slowRate which part of the calls in the window must have been slow, above 0 to 1
 * @param window how long a result counts; it slides in tenths
 * @param openFor how long the first opening lasts
 * @param openForMax what no opening passes; each reopening lasts twice as long as the one before
 * @param probes how many calls pass while half-open, all of which must succeed
 * @param probeTime the longest a probe may take
 * @param rampStep after probes have closed it, how long each of the three steps lasts in which 10,
 *     25 and 50 of a hundred calls pass; zero: all pass at once
 */
public record BreakerSettings(
    int failures,
    double failureRate,
    int minimumCalls,
    Duration slowTime,
    double slowRate,
    Duration window,
    Duration openFor,
    Duration openForMax,
    int probes,
    Duration probeTime,
    Duration rampStep) {

  /**
   * 5 failures, half of the calls in 10 s, or four of five slower than 5 s; opens for 60 s; 3
   * probes of 5 s; steps of 1 s (E-002, E-003).
   */
  public static final BreakerSettings DEFAULTS =
      new BreakerSettings(
          5,
          0.5,
          5,
          Duration.ofSeconds(5),
          0.8,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(300),
          3,
          Duration.ofSeconds(5),
          Duration.ofSeconds(1));

  public BreakerSettings {
    if (failures < 1 || probes < 1 || minimumCalls < 1) {
      throw new IllegalArgumentException("a breaker needs failures, calls, probes of 1 or more");
    }
    if (!(failureRate >= 0 && failureRate <= 1)) {
      throw new IllegalArgumentException("a failure rate is 0 to 1, got " + failureRate);
    }
    if (!(slowRate > 0 && slowRate <= 1)) {
      throw new IllegalArgumentException("a slow rate is above 0, up to 1, got " + slowRate);
    }
    if (window.toMillis() < 10 || openFor.toMillis() < 1 || probeTime.toMillis() < 1) {
      throw new IllegalArgumentException("a breaker's window is 10 ms or more, its times 1 ms");
    }
    if (openForMax.compareTo(openFor) < 0) {
      throw new IllegalArgumentException("openForMax must not be shorter than openFor");
    }
    if (slowTime.toMillis() < 1 || rampStep.isNegative()) {
      throw new IllegalArgumentException("slow is 1 ms or more, a step not negative");
    }
  }

  /** The same, opening for another time. */
  public BreakerSettings opening(Duration forTime, Duration max) {
    return new BreakerSettings(
        failures,
        failureRate,
        minimumCalls,
        slowTime,
        slowRate,
        window,
        forTime,
        max,
        probes,
        probeTime,
        rampStep);
  }

  /** The same with another number of failures, and as many calls before a rate decides. */
  public BreakerSettings failures(int count) {
    return new BreakerSettings(
        count,
        failureRate,
        count,
        slowTime,
        slowRate,
        window,
        openFor,
        openForMax,
        probes,
        probeTime,
        rampStep);
  }

  /** The same counting over another time. */
  public BreakerSettings window(Duration time) {
    return new BreakerSettings(
        failures,
        failureRate,
        minimumCalls,
        slowTime,
        slowRate,
        time,
        openFor,
        openForMax,
        probes,
        probeTime,
        rampStep);
  }

  /** The same with other slow answers. */
  public BreakerSettings slow(Duration time, double rate) {
    return new BreakerSettings(
        failures,
        failureRate,
        minimumCalls,
        time,
        rate,
        window,
        openFor,
        openForMax,
        probes,
        probeTime,
        rampStep);
  }

  /** The same with steps of another length. */
  public BreakerSettings ramping(Duration step) {
    return new BreakerSettings(
        failures,
        failureRate,
        minimumCalls,
        slowTime,
        slowRate,
        window,
        openFor,
        openForMax,
        probes,
        probeTime,
        step);
  }

  /** The same with probes of another length. */
  public BreakerSettings probing(Duration time) {
    return new BreakerSettings(
        failures,
        failureRate,
        minimumCalls,
        slowTime,
        slowRate,
        window,
        openFor,
        openForMax,
        probes,
        time,
        rampStep);
  }
}
