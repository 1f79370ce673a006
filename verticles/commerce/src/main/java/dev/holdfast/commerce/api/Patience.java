package dev.holdfast.commerce.api;

import dev.holdfast.kernel.Unavailable;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Waits for an answer as long as there is hope: when the database is silent, no longer than a
 * second and a bit. What was asked goes on meanwhile; whoever gives up must ask again under the
 * same id.
 */
final class Patience {
  private static final Duration AT_LEAST = Duration.ofMillis(1_200);
  private static final Duration THEN_EVERY = Duration.ofMillis(200);

  private final Vertx vertx;
  private final BooleanSupplier silent;

  Patience(Vertx vertx, BooleanSupplier silent) {
    this.vertx = vertx;
    this.silent = silent;
  }

  /** The answer, or an outage when the database is silent and the answer did not come soon. */
  <T> Future<T> with(Future<T> answer) {
    if (answer.isComplete()) {
      return answer;
    }
    Promise<T> first = Promise.promise();
    long[] timer = {0};
    timer[0] = vertx.setTimer(AT_LEAST.toMillis(), late -> look(first, timer));
    answer.onComplete(
        end -> {
          vertx.cancelTimer(timer[0]);
          pass(end, first);
        });
    return first.future();
  }

  /**
   * The answer, or an outage when it did not come in time.
   *
   * @param what did not answer then
   */
  <T> Future<T> with(Future<T> answer, Duration time, String what) {
    Promise<T> first = Promise.promise();
    long timer =
        vertx.setTimer(
            Math.max(1, time.toMillis()), late -> first.tryFail(Unavailable.deadlinePassed(what)));
    answer.onComplete(
        end -> {
          vertx.cancelTimer(timer);
          pass(end, first);
        });
    return first.future();
  }

  private static <T> void pass(AsyncResult<T> end, Promise<T> first) {
    if (end.succeeded()) {
      first.tryComplete(end.result());
    } else {
      first.tryFail(end.cause());
    }
  }

  private <T> void look(Promise<T> first, long[] timer) {
    if (first.future().isComplete()) {
      return;
    }
    if (silent.getAsBoolean()) {
      first.tryFail(Unavailable.deadlinePassed("the database"));
    } else {
      timer[0] = vertx.setTimer(THEN_EVERY.toMillis(), later -> look(first, timer));
    }
  }
}
