package dev.holdfast.kernel;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;

/**
 * Exponential backoff with full jitter: before attempt n + 1 a wait drawn evenly from zero to
 * {@code min(cap, base × 2ⁿ)}, so that those who failed together do not come back together.
 *
 * @param base the bound of the first wait
 * @param cap the bound that no wait passes
 */
public record Backoff(Duration base, Duration cap) {
  public Backoff {
    if (base.isNegative() || base.isZero() || cap.compareTo(base) < 0) {
      throw new IllegalArgumentException("backoff needs 0 < base <= cap, got " + base + ", " + cap);
    }
  }

  /** The longest wait after the given number of failures, 0 or more. */
  public Duration bound(int failures) {
    int doublings = Math.min(Math.max(failures, 0), 30);
    long bound = base.toMillis() << doublings;
    boolean overflown = bound >> doublings != base.toMillis();
    return overflown || bound > cap.toMillis() ? cap : Duration.ofMillis(bound);
  }

  /**
   * The wait after the given number of failures.
   *
   * @param draw given n, a number from 0 to n - 1
   */
  public Duration wait(int failures, LongUnaryOperator draw) {
    return Duration.ofMillis(draw.applyAsLong(bound(failures).toMillis() + 1));
  }

  /** The same with the machine's randomness. */
  public Duration wait(int failures) {
    return wait(failures, n -> ThreadLocalRandom.current().nextLong(n));
  }
}
