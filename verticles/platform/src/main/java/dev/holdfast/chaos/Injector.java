package dev.holdfast.chaos;

import io.vertx.core.Future;
import java.time.Duration;

/** Begins faults. The one who knows what there is to break. */
@FunctionalInterface
public interface Injector {
  /**
   * Begins a fault.
   *
   * @param time how long it will last; its end is asked for all the same
   * @return how it is ended. Fails with {@link IllegalArgumentException} when there is no such
   *     target, with {@link IllegalStateException} when it can't be broken here
   */
  Future<Ending> begin(Fault fault, Duration time);

  /** Takes a fault back. */
  @FunctionalInterface
  interface Ending {
    /** Of what happens at one instant, and of what has ended by itself. */
    Ending NONE = Future::succeededFuture;

    /** Completes when all is as before, as far as that is ours to do. */
    Future<Void> end();
  }
}
