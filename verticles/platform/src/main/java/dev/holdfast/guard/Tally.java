package dev.holdfast.guard;

import java.util.concurrent.atomic.LongAdder;

/** What a guard has seen since it was made. */
final class Tally {
  final LongAdder succeeded = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder ignored = new LongAdder();
  final LongAdder refusedOpen = new LongAdder();
  final LongAdder refusedFull = new LongAdder();
  final LongAdder refusedLate = new LongAdder();
  final LongAdder retries = new LongAdder();
  final LongAdder openings = new LongAdder();

  GuardState.Counts counts(int running, int waiting) {
    return new GuardState.Counts(
        succeeded.sum(),
        failed.sum(),
        ignored.sum(),
        refusedOpen.sum(),
        refusedFull.sum(),
        refusedLate.sum(),
        retries.sum(),
        openings.sum(),
        running,
        waiting);
  }
}
