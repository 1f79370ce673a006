package dev.holdfast.guard;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** What became of retries, by the number of the attempt. */
final class RetryTally {
  /** Attempts beyond this one are counted with it. */
  static final int NUMBER_MAX = 10;

  final LongAdder exhausted = new LongAdder();
  final LongAdder overBudget = new LongAdder();
  private final LongAdder[] begun = new LongAdder[NUMBER_MAX + 1];
  private final LongAdder[] succeeded = new LongAdder[NUMBER_MAX + 1];

  RetryTally() {
    Arrays.setAll(begun, number -> new LongAdder());
    Arrays.setAll(succeeded, number -> new LongAdder());
  }

  /** An attempt after the first begins. */
  void begun(int attempt) {
    begun[Math.min(attempt, NUMBER_MAX)].increment();
  }

  /** It was answered. */
  void succeeded(int attempt) {
    succeeded[Math.min(attempt, NUMBER_MAX)].increment();
  }

  long begun() {
    return Arrays.stream(begun).mapToLong(LongAdder::sum).sum();
  }

  long succeeded() {
    return Arrays.stream(succeeded).mapToLong(LongAdder::sum).sum();
  }

  long begunAs(int attempt) {
    return begun[attempt].sum();
  }

  long succeededAs(int attempt) {
    return succeeded[attempt].sum();
  }
}
