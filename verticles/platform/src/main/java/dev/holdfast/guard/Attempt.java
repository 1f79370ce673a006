package dev.holdfast.guard;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Supplier;

/**
 * An attempt under way, which ends once: by its answer or at its deadline. The guard's books are
 * told before the caller is, so that the caller's next call finds the place and the state that this
 * one left.
 */
final class Attempt<T> extends LoopDeadlines.Entry implements Completable<T> {
  @SuppressWarnings("rawtypes")
  private static final AtomicIntegerFieldUpdater<Attempt> ENDED =
      AtomicIntegerFieldUpdater.newUpdater(Attempt.class, "ended");

  private final Guard guard;
  private final Phase phase;
  private final long begunNanos;
  private final ContextInternal context;
  private final Promise<T> promise;
  private final Deadline repeatsUntil;
  private final Supplier<Future<T>> work;
  private final RetrySteps steps;
  private LoopDeadlines deadlines;
  private LoopTimer timer;

  @SuppressWarnings("unused") // by ENDED
  private volatile int ended;

  /**
   * @param repeatsUntil within which a failure is followed by a further attempt; null: it is not
   * @param steps null when it is the first attempt
   */
  Attempt(
      Guard guard,
      Phase phase,
      long begunNanos,
      ContextInternal context,
      Deadline repeatsUntil,
      Supplier<Future<T>> work,
      RetrySteps steps) {
    this.guard = guard;
    this.phase = phase;
    this.begunNanos = begunNanos;
    this.context = context;
    this.promise = context.promise();
    this.repeatsUntil = repeatsUntil;
    this.work = work;
    this.steps = steps;
  }

  /**
   * The answer, or an outage when it takes too long.
   *
   * @param loop the deadlines of the loop that this is called on, or null on another thread
   * @return completes on the attempt's context
   */
  Future<T> await(Future<T> answer, LoopDeadlines loop, long lateNanos, long leftNanos) {
    if (loop == null) {
      timer = LoopTimer.in(context, Math.max(1, leftNanos / 1_000_000), this::late);
    } else {
      deadlines = loop;
      loop.add(this, lateNanos);
    }
    answer.onComplete(this);
    return promise.future();
  }

  @Override
  public void complete(T result, Throwable failure) {
    if (ENDED.compareAndSet(this, 0, 1)) {
      forget();
      end(result, failure);
    }
  }

  private void forget() {
    if (timer != null) {
      timer.cancel();
    } else if (context.nettyEventLoop().inEventLoop()) {
      deadlines.remove(this);
    } else {
      context.nettyEventLoop().execute(() -> deadlines.remove(this));
    }
  }

  @Override
  void late() {
    if (ENDED.compareAndSet(this, 0, 1)) {
      end(null, Unavailable.deadlinePassed(guard.name()));
    }
  }

  private void end(T result, Throwable failure) {
    try {
      guard.settle(phase, failure, begunNanos);
    } finally {
      tell(result, failure);
    }
  }

  private void tell(T result, Throwable failure) {
    if (failure == null) {
      if (steps != null) {
        steps.succeeded();
      }
      promise.complete(result);
    } else if (repeatsUntil == null) {
      promise.fail(failure);
    } else {
      guard.again(failure, repeatsUntil, work, steps).onComplete(promise);
    }
  }
}
