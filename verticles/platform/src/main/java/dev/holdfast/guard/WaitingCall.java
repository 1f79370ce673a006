package dev.holdfast.guard;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A call that waits for a place. */
final class WaitingCall<T> extends Bulkhead.Waiter {
  private final ContextInternal context;
  private final Promise<T> promise;
  private final Supplier<Future<T>> attempt;
  private final Consumer<WaitingCall<T>> late;

  /**
   * @param attempt begins once there is a place, on the context
   * @param late told when it has waited too long
   */
  WaitingCall(ContextInternal context, Supplier<Future<T>> attempt, Consumer<WaitingCall<T>> late) {
    this.context = context;
    this.promise = context.promise();
    this.attempt = attempt;
    this.late = late;
  }

  @Override
  void admitted() {
    context.runOnContext(now -> attempt.get().onComplete(promise));
  }

  /** The attempt's end, if it begins within the given time. */
  Future<T> within(long millis) {
    LoopTimer timer = LoopTimer.in(context, millis, () -> late.accept(this));
    return promise.future().andThen(done -> timer.cancel());
  }

  void fail(Throwable failure) {
    promise.fail(failure);
  }
}
