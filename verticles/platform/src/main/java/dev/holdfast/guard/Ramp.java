package dev.holdfast.guard;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How load comes back after probes have closed a breaker: 10, 25 and 50 of a hundred calls pass,
 * for a step each, and then all. Who is refused comes again, and a dependency that is just up is
 * not met by all who waited for it.
 */
final class Ramp {
  private static final int WHOLE = 100;
  private static final int[] PERCENT = {10, 25, 50};

  private final long begunNanos;
  private final long stepNanos;
  private final int reopenings;
  private final AtomicInteger calls = new AtomicInteger();

  /**
   * @param reopenings how often in a row the breaker was opened before
   */
  Ramp(long begunNanos, Duration step, int reopenings) {
    this.begunNanos = begunNanos;
    this.stepNanos = step.toNanos();
    this.reopenings = reopenings;
  }

  /** Whether one more call passes; it is counted. */
  boolean admits(long now) {
    int percent = percent(now);
    if (percent == WHOLE) {
      return true;
    }
    long number = calls.getAndIncrement() & Integer.MAX_VALUE;
    return number * percent % WHOLE < percent;
  }

  /** How many of a hundred calls pass. */
  int percent(long now) {
    long step = (now - begunNanos) / stepNanos;
    return step >= PERCENT.length ? WHOLE : PERCENT[(int) Math.max(0, step)];
  }

  /** How often in a row the breaker was opened, if it opens now. */
  int reopenings(long now) {
    return percent(now) == WHOLE ? 0 : reopenings + 1;
  }
}
