package dev.holdfast.guard;

import dev.holdfast.guard.GuardState.State;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
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
  private final Map<Transition, LongAdder> transitions = new ConcurrentHashMap<>();
  private final AtomicReference<State> last = new AtomicReference<>(State.CLOSED);
  private final LongAdder openings = new LongAdder();
  private final LongAdder halfOpenings = new LongAdder();
  private final LongAdder closings = new LongAdder();

  private record Transition(State from, State to) {}

  void became(State state) {
    State before = last.getAndSet(state);
    transitions
        .computeIfAbsent(new Transition(before, state), first -> new LongAdder())
        .increment();
    switch (state) {
      case OPEN -> openings.increment();
      case HALF_OPEN -> halfOpenings.increment();
      case CLOSED -> closings.increment();
    }
  }

  /** Times it went from one state to the other. */
  long transitions(State from, State to) {
    LongAdder seen = transitions.get(new Transition(from, to));
    return seen == null ? 0 : seen.sum();
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
