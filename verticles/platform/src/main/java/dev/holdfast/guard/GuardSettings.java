package dev.holdfast.guard;

import dev.holdfast.kernel.Backoff;
import dev.holdfast.kernel.Unavailable;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * How one dependency is guarded.
 *
 * @param breaker when to stop calling
 * @param running how many attempts may be under way, 1 or more
 * @param waiting how many calls may queue for a place, 0 or more
 * @param attemptTime the longest an attempt may take, whatever the caller's deadline
 * @param retry how a repeatable call is tried again
 * @param counts which failures are the dependency's fault; all others say nothing about it and are
 *     neither counted nor retried
 */
public record GuardSettings(
    BreakerSettings breaker,
    int running,
    int waiting,
    Duration attemptTime,
    RetrySettings retry,
    Predicate<Throwable> counts) {

  /** Every outage counts, and nothing else. */
  public static final Predicate<Throwable> OUTAGES = Unavailable.class::isInstance;

  /** Database: 5 failures, 30 s open (E-004). */
  public static final GuardSettings DATABASE =
      new GuardSettings(
          BreakerSettings.DEFAULTS.opening(Duration.ofSeconds(30), Duration.ofSeconds(120)),
          64,
          512,
          Duration.ofSeconds(10),
          RetrySettings.DATABASE,
          OUTAGES);

  /** A partner over the network: 10 failures, 60 s open. */
  public static final GuardSettings EXTERNAL =
      new GuardSettings(
          BreakerSettings.DEFAULTS.tripping(trip -> trip.failures(10)),
          32,
          256,
          Duration.ofSeconds(10),
          RetrySettings.API,
          OUTAGES);

  /** A language model's interface, dear and quick to ban: 3 failures, 90 s open. */
  public static final GuardSettings AI =
      new GuardSettings(
          BreakerSettings.DEFAULTS
              .tripping(
                  trip ->
                      trip.failures(3)
                          .within(Duration.ofSeconds(60))
                          .slow(Duration.ofSeconds(30), 0.8))
              .opening(Duration.ofSeconds(90), Duration.ofSeconds(300)),
          8,
          64,
          Duration.ofSeconds(60),
          RetrySettings.API,
          OUTAGES);

  public GuardSettings {
    Objects.requireNonNull(breaker, "breaker");
    Objects.requireNonNull(retry, "retry");
    Objects.requireNonNull(counts, "counts");
    if (running < 1 || waiting < 0) {
      throw new IllegalArgumentException("a guard needs room for one call");
    }
    if (attemptTime.toMillis() < 1) {
      throw new IllegalArgumentException("an attempt needs 1 ms or more, got " + attemptTime);
    }
  }

  /** The same with another breaker. */
  public GuardSettings with(BreakerSettings other) {
    return new GuardSettings(other, running, waiting, attemptTime, retry, counts);
  }

  /** The same with room for other numbers of calls. */
  public GuardSettings room(int attemptsRunning, int callsWaiting) {
    return new GuardSettings(breaker, attemptsRunning, callsWaiting, attemptTime, retry, counts);
  }

  /** The same with another time for an attempt. */
  public GuardSettings attemptTime(Duration time) {
    return new GuardSettings(breaker, running, waiting, time, retry, counts);
  }

  /** The same with other retries. */
  public GuardSettings retries(int inAll, Backoff wait) {
    return new GuardSettings(
        breaker, running, waiting, attemptTime, new RetrySettings(inAll, wait), counts);
  }

  /** The same with another rule for which failures count. */
  public GuardSettings counting(Predicate<Throwable> failures) {
    return new GuardSettings(breaker, running, waiting, attemptTime, retry, failures);
  }
}
