package dev.holdfast.guard;

import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
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
}
