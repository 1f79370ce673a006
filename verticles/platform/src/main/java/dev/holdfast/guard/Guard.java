package dev.holdfast.guard;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before one dependency. Calls come from any context and are answered on it. Safe on any
 * thread; one guard serves the whole process and outlives agents.
 */
public final class Guard {
  /** The code of an {@link Unavailable} when the breaker did not let a call pass. */
  public static final String CIRCUIT_OPEN = "circuit_open";

  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

  private final String name;
  private final GuardSettings settings;
  private final Vertx vertx;
  private final Clock clock;
  private final Breaker breaker;
  private final Bulkhead bulkhead;
  private final RetryBudget budget;
  private final Tally tally = new Tally();
  private final Unavailable open;
  private final Unavailable full;
  private final List<Consumer<GuardState>> listeners = new CopyOnWriteArrayList<>();

  private Guard(String name, GuardSettings settings, Vertx vertx, Clock clock) {
    this.name = name;
    this.settings = settings;
    this.vertx = vertx;
    this.clock = clock;
    this.breaker = new Breaker(name, settings.breaker(), vertx, clock, this::changed);
    this.bulkhead = new Bulkhead(settings.running(), settings.waiting());
    this.budget = new RetryBudget(clock);
    this.open = new Unavailable(CIRCUIT_OPEN, name + " failed too often and is left alone");
    this.full = Unavailable.overloaded(name);
  }

  /** A guard of its own; {@link Guards} gives shared ones by name. */
  public static Guard of(String name, GuardSettings settings, Vertx vertx, Clock clock) {
    return new Guard(name, settings, vertx, clock);
  }

  public String name() {
    return name;
  }

  /**
   * Calls the dependency once.
   *
   * @param deadline when an answer is of no use any more; the attempt's own time may end it sooner
   * @param work begins the call; not begun when the guard refuses. What it throws is a failure
   * @return the call's own result or failure, or an {@link Unavailable} with the code {@code
   *     circuit_open}, {@code overloaded} or {@code deadline_passed}
   */
  public <T> Future<T> call(Deadline deadline, Supplier<Future<T>> work) {
    budget.called();
    return once(deadline, work);
  }

  /**
   * Calls the dependency, and again if that fails by its fault, within the deadline, the attempts
   * and the budget.
   *
   * @param deadline for all attempts and the waits between them together
   * @param work begins one attempt; it must do no harm when it is begun several times, even while
   *     an earlier one that seemed lost still goes on
   * @return as {@link #call}; the last attempt's failure
   */
  public <T> Future<T> callIdempotent(Deadline deadline, Supplier<Future<T>> work) {
    budget.called();
    return again(deadline, work, 0);
  }

  /** The same call bound to this guard, to be made many times. */
  public <T> GuardedCall<T> guarding(Supplier<Future<T>> work) {
    return new GuardedCall<>(this, work);
  }

  private <T> Future<T> again(Deadline deadline, Supplier<Future<T>> work, int failures) {
    return once(deadline, work).recover(failure -> retry(deadline, work, failures + 1, failure));
  }

  private <T> Future<T> retry(
      Deadline deadline, Supplier<Future<T>> work, int failures, Throwable failure) {
    if (failures >= settings.attempts() || failure == open || failure == full) {
      return Future.failedFuture(failure);
    }
    Duration wait = settings.retryWait().wait(failures - 1);
    boolean late = deadline.remainingMillis(clock) <= wait.toMillis();
    // The budget comes last: it counts what it grants.
    if (late || !settings.counts().test(failure) || !budget.take()) {
      return Future.failedFuture(failure);
    }
    tally.retries.increment();
    Promise<Void> waited = context().promise();
    LoopTimer.in(context(), wait.toMillis(), waited::complete);
    return waited.future().compose(done -> again(deadline, work, failures));
  }

  private <T> Future<T> once(Deadline deadline, Supplier<Future<T>> work) {
    if (deadline.passed(clock)) {
      tally.refusedLate.increment();
      return Future.failedFuture(Unavailable.deadlinePassed(name));
    }
    if (breaker.refuses()) {
      tally.refusedOpen.increment();
      return Future.failedFuture(open);
    }
    if (bulkhead.tryEnter()) {
      return attempt(deadline, work);
    }
    return queued(deadline, work);
  }

  private <T> Future<T> queued(Deadline deadline, Supplier<Future<T>> work) {
    ContextInternal context = context();
    Promise<T> promise = context.promise();
    Queued<T> waiter = new Queued<>(context, promise, deadline, work);
    if (!bulkhead.queue(waiter)) {
      tally.refusedFull.increment();
      return Future.failedFuture(full);
    }
    LoopTimer timer = LoopTimer.in(context, deadline.remainingMillis(clock), () -> tooLate(waiter));
    return promise.future().andThen(done -> timer.cancel());
  }

  private void tooLate(Queued<?> waiter) {
    if (bulkhead.withdraw(waiter)) {
      tally.refusedLate.increment();
      waiter.promise.fail(Unavailable.deadlinePassed(name));
    }
  }

  /** A call that waits for a place. */
  private final class Queued<T> extends Bulkhead.Waiter {
    private final ContextInternal context;
    private final Promise<T> promise;
    private final Deadline deadline;
    private final Supplier<Future<T>> work;

    private Queued(
        ContextInternal context, Promise<T> promise, Deadline deadline, Supplier<Future<T>> work) {
      this.context = context;
      this.promise = promise;
      this.deadline = deadline;
      this.work = work;
    }

    @Override
    void admitted() {
      context.runOnContext(now -> attempt(deadline, work).onComplete(promise));
    }
  }

  /** Begins the work with a place in hand, which is given back whatever happens. */
  private <T> Future<T> attempt(Deadline deadline, Supplier<Future<T>> work) {
    Breaker.Phase phase = breaker.enter();
    if (phase == null) {
      bulkhead.leave();
      tally.refusedOpen.increment();
      return Future.failedFuture(open);
    }
    Future<T> answer = begin(work);
    if (answer.isComplete()) {
      settle(phase, answer.cause());
      return answer;
    }
    return Attempt.await(
        answer,
        context(),
        attemptMillis(deadline, phase),
        Unavailable.deadlinePassed(name),
        failure -> settle(phase, failure));
  }

  private static <T> Future<T> begin(Supplier<Future<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException thrown) {
      return Future.failedFuture(thrown);
    }
  }

  private long attemptMillis(Deadline deadline, Breaker.Phase phase) {
    long attempt = settings.attemptTime().toMillis();
    if (phase instanceof Breaker.HalfOpen) {
      attempt = Math.min(attempt, settings.breaker().probeTime().toMillis());
    }
    return Math.min(attempt, deadline.remainingMillis(clock));
  }

  /** Counts an attempt's end, once, and gives its place back. */
  private void settle(Breaker.Phase phase, Throwable failure) {
    try {
      if (failure == null) {
        tally.succeeded.increment();
        breaker.succeeded(phase);
      } else if (settings.counts().test(failure)) {
        tally.failed.increment();
        breaker.failed(phase);
      } else {
        tally.ignored.increment();
        breaker.ignored(phase);
      }
    } finally {
      bulkhead.leave();
    }
  }

  private ContextInternal context() {
    return (ContextInternal) vertx.getOrCreateContext();
  }

  /** Closes the breaker by hand and forgets what it counted. */
  public void reset() {
    breaker.reset();
  }

  /**
   * Tells every later change of state, on the thread that brought it about. Two changes close to
   * one another may be told in either order; the higher generation is the newer one.
   *
   * @param listener must not block
   */
  public void onChange(Consumer<GuardState> listener) {
    listeners.add(listener);
  }

  private void changed(Breaker.Phase phase) {
    if (phase instanceof Breaker.Open) {
      tally.openings.increment();
    }
    GuardState now = state(phase);
    LOG.info("guard {} is {}", name, now.state());
    for (Consumer<GuardState> listener : listeners) {
      try {
        listener.accept(now);
      } catch (RuntimeException thrown) {
        // The call in hand has nothing to do with a listener's mistake.
        LOG.error("a listener of guard {} failed", name, thrown);
      }
    }
  }

  /** As it is now. */
  public GuardState state() {
    return state(breaker.phase());
  }

  private GuardState state(Breaker.Phase phase) {
    GuardState.Counts counts = tally.counts(bulkhead.taken(), bulkhead.queued());
    return GuardState.of(name, phase, counts, clock);
  }
}
