package dev.holdfast.embedded;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for something that nobody announces. */
final class Poll {
  private static final long EVERY_NANOS = Duration.ofMillis(10).toNanos();

  private Poll() {}

  /** Whether the condition came true within the limit; false as well when interrupted. */
  static boolean until(Duration limit, BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > limit.toNanos() || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(EVERY_NANOS);
    }
    return true;
  }
}
