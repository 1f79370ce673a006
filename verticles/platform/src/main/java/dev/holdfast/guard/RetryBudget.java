package dev.holdfast.guard;

import dev.holdfast.kernel.Clock;
import java.time.Duration;

/**
 * How many retries a dependency gets: a tenth of its calls of the last ten seconds, and three a
 * second in any case. In an outage every call fails, and retries without a budget would multiply
 * the load just then.
 */
final class RetryBudget {
  private static final int CALLS_A_RETRY = 10;
  private static final int FLOOR_PER_SECOND = 3;

  private final Window window;

  RetryBudget(Clock clock) {
    this.window = new Window(Duration.ofSeconds(10), clock);
  }

  /** A call was begun. */
  void called(long now) {
    window.common(now);
  }

  /** Whether one more retry is within the budget; it is counted if so. */
  boolean take(long now) {
    window.rare(now);
    Window.Sums with = window.sums(now);
    if (with.rareNow() <= FLOOR_PER_SECOND || with.rare() * CALLS_A_RETRY <= with.common()) {
      return true;
    }
    window.rareBack(now);
    return false;
  }
}
