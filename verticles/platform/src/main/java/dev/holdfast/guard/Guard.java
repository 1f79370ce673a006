package dev.holdfast.guard;

import dev.holdfast.guard.GuardState.State;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.ErrorRecovery;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
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
  private final Function<Throwable, ErrorRecovery> recovery;
  private final long attemptNanos;
  private final long probeNanos;
  private final Vertx vertx;
  private final Clock clock;
  private final Breaker breaker;
  private final Bulkhead bulkhead;
  private final RetryBudget budget;
  private final Tally tally = new Tally();
  private final LoopDeadlines.OfLoops deadlines;
  private final Unavailable open;
  private final Unavailable full;
  private final List<Consumer<GuardState>> listeners = new CopyOnWriteArrayList<>();

  Guard(
      String name,
      GuardSettings settings,
      Function<Throwable, ErrorRecovery> recovery,
      Vertx vertx,
      Clock clock) {
    this.name = name;
    this.settings = settings;
    this.recovery = recovery;
    this.attemptNanos = settings.attemptTime().toNanos();
    this.probeNanos = Math.min(attemptNanos, settings.breaker().probing().time().toNanos());
    this.vertx = vertx;
    this.clock = clock;
    this.breaker =
        new Breaker(settings.breaker(), BreakerTimers.of(name, vertx), clock, this::changed);
    this.bulkhead = new Bulkhead(settings.running(), settings.waiting());
    this.budget = new RetryBudget(clock);
    this.deadlines = new LoopDeadlines.OfLoops(clock);
    this.open = new Unavailable(CIRCUIT_OPEN, name + " failed too often and is left alone");
    this.full = Unavailable.overloaded(name);
  }

  /**
   * A guard of its own, that retries every failure that counts; {@link Guards} gives shared ones by
   * name.
   */
  public static Guard of(String name, GuardSettings settings, Vertx vertx, Clock clock) {
    return new Guard(name, settings, failure -> ErrorRecovery.RETRY, vertx, clock);
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
    long now = clock.nanoTime();
    budget.called(now);
    return once(deadline, work, now, false, null);
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
    long now = clock.nanoTime();
    budget.called(now);
    return once(deadline, work, now, true, null);
  }

  /**
   * A repeatable call as steps, each of which is a {@link #call} of the caller's own (E-036).
   *
   * @param deadline for all of them together
   */
  public RetrySteps steps(Deadline deadline) {
    return new RetrySteps(
        settings.retry(), this::isRetried, budget, tally.retries, deadline, clock);
  }

  /** The same call bound to this guard, to be made many times. */
  public <T> GuardedCall<T> guarding(Supplier<Future<T>> work) {
    return new GuardedCall<>(this, work);
  }

  private boolean isRetried(Throwable failure) {
    return failure != open
        && failure != full
        && settings.counts().test(failure)
        && recovery.apply(failure) == ErrorRecovery.RETRY;
  }

  /**
   * What follows a failed attempt: the next one after a while, or its failure.
   *
   * @param steps null when it was the first
   */
  <T> Future<T> again(
      Throwable failure, Deadline deadline, Supplier<Future<T>> work, RetrySteps steps) {
    RetrySteps further = steps == null ? steps(deadline) : steps;
    return further
        .failed(failure)
        .map(wait -> next(wait, deadline, work, further))
        .orElseGet(() -> Future.failedFuture(failure));
  }

  private <T> Future<T> next(
      Duration wait, Deadline deadline, Supplier<Future<T>> work, RetrySteps steps) {
    Promise<Void> waited = context().promise();
    LoopTimer.in(context(), wait.toMillis(), waited::complete);
    return waited.future().compose(done -> once(deadline, work, clock.nanoTime(), true, steps));
  }

  /**
   * Calls the dependency once, on the thread of the caller, which the work may block: not for event
   * loops. No place is waited for, and nothing cuts the work short; an answer that comes after the
   * attempt's own time has failed all the same.
   *
   * @param deadline when the call is not begun any more
   * @return the work's result
   * @throws Unavailable with the code {@code circuit_open}, {@code overloaded} or {@code
   *     deadline_passed} when it was not begun, or came too late
   * @throws Exception the work's own
   */
  public <T> T callBlocking(Deadline deadline, Callable<T> work) throws Exception {
    long now = clock.nanoTime();
    budget.called(now);
    if (deadline.atNanos() - now <= 0) {
      tally.refusedLate.increment();
      throw Unavailable.deadlinePassed(name);
    }
    if (!bulkhead.tryEnter()) {
      tally.refusedFull.increment();
      throw full;
    }
    Phase phase = breaker.enter(now);
    if (phase == null) {
      bulkhead.leave();
      tally.refusedOpen.increment();
      throw open;
    }
    return blocking(phase, now, work);
  }

  private <T> T blocking(Phase phase, long begunNanos, Callable<T> work) throws Exception {
    Throwable failure = null;
    try {
      T answer = work.call();
      if (clock.nanoTime() - begunNanos > attemptNanos) {
        throw Unavailable.deadlinePassed(name);
      }
      return answer;
    } catch (Exception | Error thrown) {
      failure = thrown;
      throw thrown;
    } finally {
      settle(phase, failure, begunNanos);
    }
  }

  private <T> Future<T> once(
      Deadline deadline, Supplier<Future<T>> work, long now, boolean repeats, RetrySteps steps) {
    if (deadline.atNanos() - now <= 0) {
      tally.refusedLate.increment();
      return Future.failedFuture(Unavailable.deadlinePassed(name));
    }
    if (breaker.refuses(now)) {
      tally.refusedOpen.increment();
      return Future.failedFuture(open);
    }
    if (bulkhead.tryEnter()) {
      return attempt(deadline, work, now, repeats, steps);
    }
    return queued(deadline, work, repeats, steps);
  }

  private <T> Future<T> queued(
      Deadline deadline, Supplier<Future<T>> work, boolean repeats, RetrySteps steps) {
    WaitingCall<T> call =
        new WaitingCall<>(
            context(),
            () -> attempt(deadline, work, clock.nanoTime(), repeats, steps),
            late -> {
              if (bulkhead.withdraw(late)) {
                tally.refusedLate.increment();
                late.fail(Unavailable.deadlinePassed(name));
              }
            });
    if (!bulkhead.queue(call)) {
      tally.refusedFull.increment();
      return Future.failedFuture(full);
    }
    return call.within(deadline.remainingMillis(clock));
  }

  /** Begins the work with a place in hand, which is given back whatever happens. */
  private <T> Future<T> attempt(
      Deadline deadline, Supplier<Future<T>> work, long now, boolean repeats, RetrySteps steps) {
    Phase phase = breaker.enter(now);
    if (phase == null) {
      bulkhead.leave();
      tally.refusedOpen.increment();
      return Future.failedFuture(open);
    }
    Future<T> answer = begin(work);
    if (answer.isComplete()) {
      settle(phase, answer.cause(), now);
      if (answer.failed()) {
        return repeats ? again(answer.cause(), deadline, work, steps) : answer;
      }
      if (steps != null) {
        steps.succeeded();
      }
      return answer;
    }
    ContextInternal context = context();
    long own = now + (phase instanceof Phase.HalfOpen ? probeNanos : attemptNanos);
    long late = deadline.atNanos() - own < 0 ? deadline.atNanos() : own;
    return new Attempt<>(this, phase, now, context, repeats ? deadline : null, work, steps)
        .await(answer, deadlines.of(context), late, late - now);
  }

  private static <T> Future<T> begin(Supplier<Future<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException thrown) {
      return Future.failedFuture(thrown);
    }
  }

  /** Counts an attempt's end, once, and gives its place back. */
  void settle(Phase phase, Throwable failure, long begunNanos) {
    try {
      long now = clock.nanoTime();
      if (failure == null) {
        tally.succeeded.increment();
        breaker.succeeded(phase, now - begunNanos, now);
      } else if (settings.counts().test(failure)) {
        tally.failed.increment();
        breaker.failed(phase, now - begunNanos, now);
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
   * Holds a state for a time, whatever becomes of calls: open refuses all, half-open lets as many
   * pass at once as there are probes, closed lets all pass. Then an opening is half-open, and the
   * others are closed.
   *
   * @param time 1 ms or more
   * @param reason is shown as long as it lasts
   */
  public void force(State state, Duration time, String reason) {
    if (time.toMillis() < 1 || reason.isBlank()) {
      throw new IllegalArgumentException("a forced state needs a time and a reason");
    }
    breaker.force(state, time, reason);
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

  private void changed(Phase phase) {
    GuardState now = state(phase);
    tally.became(now.state());
    LOG.info("guard {} is {} {}", name, now.state(), now.forced());
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

  private GuardState state(Phase phase) {
    return GuardState.of(name, phase, tally.counts(bulkhead.taken(), bulkhead.queued()), clock);
  }

  int attemptsMax() {
    return settings.retry().attempts();
  }

  long transitions(State from, State to) {
    return tally.transitions(from, to);
  }

  RetryTally retries() {
    return tally.retries;
  }
}
