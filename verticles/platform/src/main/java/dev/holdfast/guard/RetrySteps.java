package dev.holdfast.guard;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/**
 * One repeatable call, step by step, for who can't hand it over as a function: make an attempt, say
 * how it ended, wait as long as told, make the next. For one caller, on one thread at a time.
 */
public final class RetrySteps {
  private final RetrySettings settings;
  private final Predicate<Throwable> counts;
  private final RetryBudget budget;
  private final RetryTally tally;
  private final Deadline deadline;
  private final Clock clock;
  private int attempt = 1;
  private boolean over;

  RetrySteps(
      RetrySettings settings,
      Predicate<Throwable> counts,
      RetryBudget budget,
      RetryTally tally,
      Deadline deadline,
      Clock clock) {
    this.settings = settings;
    this.counts = counts;
    this.budget = budget;
    this.tally = tally;
    this.deadline = deadline;
    this.clock = clock;
  }

  /** How a thread that may be blocked waits between two attempts. */
  @FunctionalInterface
  public interface Pause {
    /** Returns after the time. */
    void pause(Duration time) throws InterruptedException;
  }

  /**
   * All steps as a function of a blocking attempt, on the thread of the caller: not for event
   * loops.
   *
   * @param attempt made until it succeeds or {@link #failed} says no
   * @param pause between two attempts, such as {@code Thread::sleep}
   * @return the result of the attempt that succeeded
   * @throws Exception the last attempt's failure
   */
  public <T> T run(Callable<T> attempt, Pause pause) throws Exception {
    while (true) {
      try {
        T result = attempt.call();
        succeeded();
        return result;
      } catch (Exception failure) {
        Optional<Duration> wait = failed(failure);
        if (wait.isEmpty()) {
          throw failure;
        }
        pause.pause(wait.get());
      }
    }
  }

  /** The number of the attempt that is due or under way, from 1. */
  public int attempt() {
    return attempt;
  }

  /** Whether no further attempt is to be made. */
  public boolean isOver() {
    return over;
  }

  /** How long until an answer is of no use; zero when that has passed. */
  public Duration remaining() {
    return Duration.ofMillis(deadline.remainingMillis(clock));
  }

  /** The attempt was answered. */
  public void succeeded() {
    over = true;
    if (attempt > 1) {
      tally.succeeded(attempt);
    }
  }

  /**
   * The attempt failed.
   *
   * @return how long to wait before the next; empty when there is none: the asker repeats by
   *     itself, the failure is not one to retry, attempts or budget are used up, or the deadline
   *     would pass meanwhile
   */
  public Optional<Duration> failed(Throwable failure) {
    if (over) {
      throw new IllegalStateException("no attempt is under way");
    }
    over = true;
    if (deadline.isRepeatedByAsker() || !counts.test(failure)) {
      return Optional.empty();
    }
    if (attempt >= settings.attempts()) {
      if (attempt > 1) {
        tally.exhausted.increment();
      }
      return Optional.empty();
    }
    Duration wait = settings.backoff().wait(attempt - 1);
    if (deadline.remainingMillis(clock) <= wait.toMillis()) {
      return Optional.empty();
    }
    // The budget comes last: it counts what it grants.
    if (!budget.take(clock.nanoTime())) {
      tally.overBudget.increment();
      return Optional.empty();
    }
    over = false;
    attempt++;
    tally.begun(attempt);
    return Optional.of(wait);
  }
}
