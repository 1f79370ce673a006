package dev.holdfast.kernel;

import java.time.Duration;

/**
 * The moment after which an answer is of no use, on the monotonic clock of this process, and
 * whether the asker repeats what fails: then nobody below does, for retries of several layers
 * multiply. Between processes the remaining time travels instead of the moment.
 *
 * @param atNanos a value of {@link Clock#nanoTime}
 * @param attempt which attempt of an asker that repeats this is, from 1; 0: the asker does not, and
 *     whoever is asked may
 */
public record Deadline(long atNanos, int attempt) {

  /** A deadline of an asker that does not repeat. */
  public static Deadline in(Duration time, Clock clock) {
    return new Deadline(clock.nanoTime() + time.toNanos(), 0);
  }

  /**
   * The same as one attempt of an asker that repeats what fails.
   *
   * @param number from 1
   */
  public Deadline asAttempt(int number) {
    return new Deadline(atNanos, number);
  }

  /** Whether the asker repeats what fails, so that nobody else is to. */
  public boolean isRepeatedByAsker() {
    return attempt > 0;
  }

  /** Milliseconds left, rounded up; 0 when it has passed. */
  public long remainingMillis(Clock clock) {
    long left = atNanos - clock.nanoTime();
    return left <= 0 ? 0 : (left + 999_999) / 1_000_000;
  }

  public boolean passed(Clock clock) {
    return atNanos - clock.nanoTime() <= 0;
  }

  /** The earlier moment of the two; repeated by the asker if one of them is. */
  public Deadline orSooner(Deadline other) {
    boolean sooner = other.atNanos - atNanos < 0;
    return new Deadline(sooner ? other.atNanos : atNanos, Math.max(attempt, other.attempt));
  }
}
