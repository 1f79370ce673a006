package dev.holdfast.launcher;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting on the process's main thread, the only one that may wait. */
final class Waiting {
  private Waiting() {}

  /**
   * The result, or the failure as it is.
   *
   * @param what for the message when it takes longer
   */
  static <T> T on(Future<T> future, Duration limit, String what) {
    try {
      return future.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new IllegalStateException(what + " took longer than " + limit.toSeconds() + " s", late);
    }
  }
}
