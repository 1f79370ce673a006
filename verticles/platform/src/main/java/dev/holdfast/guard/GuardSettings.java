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
 * @param attempts how often a repeatable call is tried in all, 1 or more
 * @param retryWait how long to wait between attempts
 * @param counts which failures are the dependency's fault; all others say nothing about it and are
 *     neither counted nor retried
 */
public record GuardSettings(
    BreakerSettings breaker,
    int running,
    int waiting,
    Duration attemptTime,
    int attempts,
    Backoff retryWait,
    Predicate<Throwable> counts) {

  private static final Predicate<Throwable> OUTAGES = Unavailable.class::isInstance;

  /** Database: 5 failures, 30 s open (E-004). */
  public static final GuardSettings DATABASE =
      new GuardSettings(
          BreakerSettings.DEFAULTS.opening(Duration.ofSeconds(30), Duration.ofSeconds(120)),
          64,
          512,
          Duration.ofSeconds(10),
          3,
          new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2)),
          OUTAGES);

  /** A partner over the network: 10 failures, 60 s open. */
  public static final GuardSettings EXTERNAL =
      new GuardSettings(
          BreakerSettings.DEFAULTS.failures(10),
          32,
          256,
          Duration.ofSeconds(10),
          3,
          new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10)),
          OUTAGES);

  public GuardSettings {
    Objects.requireNonNull(breaker, "breaker");
    Objects.requireNonNull(retryWait, "retryWait");
    Objects.requireNonNull(counts, "counts");
    if (running < 1 || waiting < 0 || attempts < 1) {
      throw new IllegalArgumentException("a guard needs room for one call and one attempt");
    }
    if (attemptTime.toMillis() < 1) {
      throw new IllegalArgumentException("an attempt needs 1 ms or more, got " + attemptTime);
    }
  }

  /** The same with another breaker. */
  public GuardSettings with(BreakerSettings other) {
    return new GuardSettings(other, running, waiting, attemptTime, attempts, retryWait, counts);
  }

  /** The same with room for other numbers of calls. */
  public GuardSettings room(int attemptsRunning, int callsWaiting) {
    return new GuardSettings(
        breaker, attemptsRunning, callsWaiting, attemptTime, attempts, retryWait, counts);
  }

  /** The same with another time for an attempt. */
  public GuardSettings attemptTime(Duration time) {
    return new GuardSettings(breaker, running, waiting, time, attempts, retryWait, counts);
  }

  /** The same with other retries. */
  public GuardSettings retries(int inAll, Backoff wait) {
    return new GuardSettings(breaker, running, waiting, attemptTime, inAll, wait, counts);
  }

  /** The same with another rule for which failures count. */
  public GuardSettings counting(Predicate<Throwable> failures) {
    return new GuardSettings(breaker, running, waiting, attemptTime, attempts, retryWait, failures);
  }
}
