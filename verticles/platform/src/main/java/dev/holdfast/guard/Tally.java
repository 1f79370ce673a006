package dev.holdfast.guard;

import dev.holdfast.guard.GuardState.State;
import java.util.concurrent.atomic.LongAdder;

/** What a guard has seen since it was made. */
final class Tally {
  final LongAdder succeeded = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder ignored = new LongAdder();
  final LongAdder refusedOpen = new LongAdder();
  final LongAdder refusedFull = new LongAdder();
  final LongAdder refusedLate = new LongAdder();
  final RetryTally retries = new RetryTally();
  private final LongAdder openings = new LongAdder();
  private final LongAdder halfOpenings = new LongAdder();
  private final LongAdder closings = new LongAdder();

  void became(State state) {
    switch (state) {
      case OPEN -> openings.increment();
      case HALF_OPEN -> halfOpenings.increment();
      case CLOSED -> closings.increment();
    }
  }

  GuardState.Counts counts(int running, int waiting) {
    return new GuardState.Counts(
        succeeded.sum(),
        failed.sum(),
        ignored.sum(),
        refusedOpen.sum(),
        refusedFull.sum(),
        refusedLate.sum(),
        openings.sum(),
        halfOpenings.sum(),
        closings.sum(),
        retries.begun(),
        retries.succeeded(),
        retries.exhausted.sum(),
        retries.overBudget.sum(),
        running,
        waiting);
  }
}
