package dev.holdfast.supervision;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The supervisor's own loop. What is asked of others is answered here, in time or not: a loop of
 * the platform that stands still can neither block the supervisor nor keep an answer from it for
 * ever.
 */
record OwnLoop(Vertx vertx, Context context) {
  /** The answer did not come in time. */
  static final class NotInTime extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotInTime(String what, Duration time) {
      super(what + " did not end within " + time.toMillis() + " ms", null, false, false);
    }
  }

  /**
   * Asks something of another loop. Call it on this one; the future completes on this one.
   *
   * @param what names it in the failure when it comes too late
   * @param ask begins it, and is given the handler to call with the answer, once, from any thread
   */
  <T> Future<T> within(Duration time, String what, Consumer<Handler<AsyncResult<T>>> ask) {
    Promise<T> answer = Promise.promise();
    long timer = vertx.setTimer(time.toMillis(), id -> answer.tryFail(new NotInTime(what, time)));
    Handler<AsyncResult<T>> handOver =
        result ->
            context.runOnContext(
                here -> {
                  vertx.cancelTimer(timer);
                  complete(answer, result);
                });
    try {
      ask.accept(handOver);
    } catch (RuntimeException failure) {
      handOver.handle(Future.failedFuture(failure));
    }
    return answer.future();
  }

  /** Completes a promise unless it is complete already; tells whether it did. */
  static <T> boolean complete(Promise<T> promise, AsyncResult<T> result) {
    return result.succeeded()
        ? promise.tryComplete(result.result())
        : promise.tryFail(result.cause());
  }
}
