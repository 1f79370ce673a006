package dev.holdfast.guard;

import dev.holdfast.kernel.Unavailable;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** An attempt under way, which ends once: by its answer or at its deadline. */
final class Attempt<T> {
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Promise<T> promise;
  private final Consumer<Throwable> books;

  private Attempt(Promise<T> promise, Consumer<Throwable> books) {
    this.promise = promise;
    this.books = books;
  }

  /**
   * The answer, or the given failure when it takes too long.
   *
   * @param books told once of the end, with null for a success, before the caller is, so that the
   *     caller's next call finds the place and the state that this one left
   * @return completes on the given context
   */
  static <T> Future<T> await(
      Future<T> answer,
      ContextInternal context,
      long millis,
      Unavailable late,
      Consumer<Throwable> books) {
    Attempt<T> attempt = new Attempt<>(context.promise(), books);
    LoopTimer timer = LoopTimer.in(context, millis, () -> attempt.end(null, late));
    answer.onComplete(done -> attempt.answered(done, timer));
    return attempt.promise.future();
  }

  private void answered(AsyncResult<T> answer, LoopTimer timer) {
    timer.cancel();
    end(answer.result(), answer.cause());
  }

  private void end(T result, Throwable failure) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    try {
      books.accept(failure);
    } finally {
      if (failure == null) {
        promise.complete(result);
      } else {
        promise.fail(failure);
      }
    }
  }
}
