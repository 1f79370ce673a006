package dev.holdfast.guard;

import dev.holdfast.guard.GuardState.State;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** A stretch of time that a breaker is in one state. The object itself is its identity. */
sealed interface Phase {
  /** Grows by one with every phase. */
  long generation();

  Instant since();

  /**
   * Calls pass, and are counted.
   *
   * @param ramp how load comes back; null when all calls pass
   */
  record Closed(long generation, Instant since, Window window, Ramp ramp) implements Phase {}

  /**
   * Calls are refused.
   *
   * @param opening its own timer, which ends it
   * @param reopenings how often in a row it was opened
   * @param reason why a person wanted it; null when the calls did
   */
  record Open(
      long generation,
      Instant since,
      BreakerTimers.Opening opening,
      int reopenings,
      long dueNanos,
      String reason)
      implements Phase {}

  /** A few calls pass, and what becomes of them decides. */
  record HalfOpen(
      long generation,
      Instant since,
      BreakerTimers.Opening opening,
      int reopenings,
      AtomicInteger seats,
      AtomicInteger successes)
      implements Phase {}

  /**
   * A person wants it closed or half-open: until the time is over no result changes that.
   *
   * @param seats how many more calls may be under way at once; null for any number
   */
  record Held(
      long generation, Instant since, State as, long dueNanos, String reason, AtomicInteger seats)
      implements Phase {}
}
