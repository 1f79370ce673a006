package dev.holdfast.guard;

import dev.holdfast.guard.GuardState.State;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** What a guard has seen since it was made. */
final class Tally {
  private static final int STATES = State.values().length;

  final LongAdder succeeded = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder ignored = new LongAdder();
  final LongAdder refusedOpen = new LongAdder();
  final LongAdder refusedFull = new LongAdder();
  final LongAdder refusedLate = new LongAdder();
  final RetryTally retries = new RetryTally();
  private final AtomicLongArray transitions = new AtomicLongArray(STATES * STATES);
  private final AtomicReference<State> last = new AtomicReference<>(State.CLOSED);
  private final LongAdder openings = new LongAdder();
  private final LongAdder halfOpenings = new LongAdder();
  private final LongAdder closings = new LongAdder();

  void became(State state) {
    State before = last.getAndSet(state);
    transitions.incrementAndGet(before.ordinal() * STATES + state.ordinal());
    switch (state) {
      case OPEN -> openings.increment();
      case HALF_OPEN -> halfOpenings.increment();
      case CLOSED -> closings.increment();
    }
  }

  /** Times it went from one state to the other. */
  long transitions(State from, State to) {
    return transitions.get(from.ordinal() * STATES + to.ordinal());
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
