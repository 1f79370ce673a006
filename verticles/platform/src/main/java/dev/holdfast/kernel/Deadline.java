package dev.holdfast.kernel;

import java.time.Duration;

/**
 * The moment after which an answer is of no use, on the monotonic clock of this process. Between
 * processes the remaining time travels instead.
 *
 * @param atNanos a value of {@link Clock#nanoTime}
 */
public record Deadline(long atNanos) {

  public static Deadline in(Duration time, Clock clock) {
    return new Deadline(clock.nanoTime() + time.toNanos());
  }

  /** Milliseconds left, rounded up; 0 when it has passed. */
  public long remainingMillis(Clock clock) {
    long left = atNanos - clock.nanoTime();
    return left <= 0 ? 0 : (left + 999_999) / 1_000_000;
  }

  public boolean passed(Clock clock) {
    return atNanos - clock.nanoTime() <= 0;
  }

  /** The earlier of the two. */
  public Deadline orSooner(Deadline other) {
    return other.atNanos - atNanos < 0 ? other : this;
  }
}
