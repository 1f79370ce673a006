package dev.holdfast.commerce.partners;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How a simulated partner's answers get lost or late. */
final class FaultyAnswers {
  private static final long AFTER_DEADLINE_MS = 500;

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

  <T> Future<T> unlessOut(Supplier<Future<T>> call) {
    return out ? Future.failedFuture(unreachable()) : call.get();
  }

  /**
   * The answer as the asker gets it.
   *
   * @param answer null when there is none, because the request was held up
   * @param fault or null
   */
  <T> Future<T> give(T answer, Fault fault, Duration slowBy, Deadline deadline) {
    return switch (fault) {
      case null -> Future.succeededFuture(answer);
      case ERROR_AFTER_SUCCESS ->
          Future.failedFuture(new Unavailable("partner_error", name + " answered with an error"));
      case LABEL_UNAVAILABLE -> Future.failedFuture(unreachable());
      case SLOW -> after(slowBy.toMillis()).map(answer);
      case TIMEOUT_AFTER_SUCCESS ->
          after(deadline.remainingMillis(clock) + AFTER_DEADLINE_MS).map(answer);
      case ARRIVES_LATE ->
          after(deadline.remainingMillis(clock) + AFTER_DEADLINE_MS)
              .compose(late -> Future.failedFuture(Unavailable.deadlinePassed(name)));
      case DECLINE, LABEL_REFUSED, DUPLICATE_NOTICE, LATE_NOTICE -> Future.succeededFuture(answer);
    };
  }

  private Future<Long> after(long millis) {
    return vertx.timer(Math.max(1, millis), TimeUnit.MILLISECONDS).map(millis);
  }

  private Unavailable unreachable() {
    return new Unavailable("partner_unreachable", name + " can't be reached");
  }
}
