package dev.holdfast.commerce.partners;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** How a simulated partner's answers get lost or late. */
final class FaultyAnswers {
  /** So much before the deadline, so that the asker hears from here why there is no answer. */
  private static final long AHEAD_MS = 20;

  private final String name;
  private final Vertx vertx;
  private final Clock clock;
  private volatile boolean out;

  FaultyAnswers(String name, Vertx vertx, Clock clock) {
    this.name = name;
    this.vertx = vertx;
    this.clock = clock;
  }

  void out(boolean isOut) {
    out = isOut;
  }

  /** A question to the books, unless the partner is out. */
  <T> Future<T> unlessOut(Deadline deadline, Supplier<Future<T>> books) {
    return unlessOut(deadline, books, Future::succeededFuture);
  }

  /**
   * A call that is made unless the partner is out, and fails when its deadline passes. When it is
   * the books that fail or are silent, the failure is a {@link SimulatorOutage}.
   *
   * @param books what the books say
   * @param answer what becomes of that on its way to the asker
   */
  <B, T> Future<T> unlessOut(
      Deadline deadline, Supplier<Future<B>> books, Function<B, Future<T>> answer) {
    return out ? Future.failedFuture(unreachable()) : within(deadline, books.get(), answer);
  }

  private <B, T> Future<T> within(
      Deadline deadline, Future<B> books, Function<B, Future<T>> answer) {
    Promise<T> first = Promise.promise();
    long timer =
        vertx.setTimer(
            Math.max(1, deadline.remainingMillis(clock) - AHEAD_MS),
            late -> first.tryFail(books.isComplete() ? passed() : away(null)));
    books
        .recover(cause -> Future.failedFuture(cause instanceof Unavailable ? away(cause) : cause))
        .compose(answer)
        .onComplete(
            done -> {
              vertx.cancelTimer(timer);
              if (done.succeeded()) {
                first.tryComplete(done.result());
              } else {
                first.tryFail(done.cause());
              }
            });
    return first.future();
  }

  /**
   * The answer as the asker gets it.
   *
   * @param answer null when there is none, because the request was held up
   * @param fault or null
   */
  <T> Future<T> give(T answer, Fault fault, Duration slowBy) {
    return switch (fault) {
      case null -> Future.succeededFuture(answer);
      case ERROR_AFTER_SUCCESS ->
          Future.failedFuture(
              new Unavailable(PartnerErrors.ERROR, name + " answered with an error"));
      case LABEL_UNAVAILABLE -> Future.failedFuture(unreachable());
      case SLOW -> vertx.timer(Math.max(1, slowBy.toMillis()), TimeUnit.MILLISECONDS).map(answer);
      // Never answered: the deadline ends the waiting.
      case TIMEOUT_AFTER_SUCCESS, ARRIVES_LATE -> Promise.<T>promise().future();
      case DECLINE, LABEL_REFUSED, DUPLICATE_NOTICE, LATE_NOTICE -> Future.succeededFuture(answer);
    };
  }

  private Unavailable passed() {
    return Unavailable.deadlinePassed(name);
  }

  private Unavailable away(Throwable cause) {
    return SimulatorOutage.of(name, cause);
  }

  private Unavailable unreachable() {
    return new Unavailable(PartnerErrors.UNREACHABLE, name + " can't be reached");
  }
}
