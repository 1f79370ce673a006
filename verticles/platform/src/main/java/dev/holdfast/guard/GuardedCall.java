package dev.holdfast.guard;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Future;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A call with the guard it goes through (E-012, E-013).
 *
 * @param guard the guard, to look at its state
 * @param work begins the call
 */
public record GuardedCall<T>(Guard guard, Supplier<Future<T>> work) {
  /** Calls once, as {@link Guard#call}. */
  public Future<T> call(Deadline deadline) {
    return guard.call(deadline, work);
  }

  /**
   * Calls, again if that may help, and gives what holds instead when there was an outage (E-020).
   *
   * @param fallback given the outage; a failure that is none goes to the caller
   */
  public Future<T> callOr(Deadline deadline, Function<Unavailable, T> fallback) {
    return guard
        .callIdempotent(deadline, work)
        .recover(
            failure ->
                failure instanceof Unavailable outage
                    ? Future.succeededFuture(fallback.apply(outage))
                    : Future.failedFuture(failure));
  }
}
