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
    // By number, not by what a look finds: two that look at once would both see both.
    if (window.rare(now) <= FLOOR_PER_SECOND) {
      return true;
    }
    Window.Sums with = window.sums(now);
    if (with.rare() * CALLS_A_RETRY <= with.common()) {
      return true;
    }
    window.rareBack(now);
    return false;
  }
}
