package dev.holdfast.guard;

import dev.holdfast.kernel.Backoff;
import java.time.Duration;
import java.util.Objects;

/**
 * How a repeatable call is tried again.
 *
 * @param attempts how often in all, 1 or more
 * @param backoff how long to wait between two attempts: exponential, with full jitter
 */
public record RetrySettings(int attempts, Backoff backoff) {
  /** A statement that met a restart or a deadlock: 3 times, 50 ms to 2 s. */
  public static final RetrySettings DATABASE = of(3, 50, 2_000);

  /** What may be away for a minute: 5 times, 1 s to 60 s (E-027, E-028). */
  public static final RetrySettings NETWORK = of(5, 1_000, 60_000);

  /** A partner's interface: 3 times, 200 ms to 10 s. */
  public static final RetrySettings API = of(3, 200, 10_000);

  /** What is near and quick: 3 times, 10 to 100 ms. */
  public static final RetrySettings FAST = of(3, 10, 100);

  public RetrySettings {
    Objects.requireNonNull(backoff, "backoff");
    if (attempts < 1) {
      throw new IllegalArgumentException("a call needs one attempt or more, got " + attempts);
    }
  }

  /** Times in ms. */
  public static RetrySettings of(int attempts, int baseMs, int capMs) {
    return new RetrySettings(
        attempts, new Backoff(Duration.ofMillis(baseMs), Duration.ofMillis(capMs)));
  }
}
