package dev.holdfast.launcher.process;

import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waiting on the process's main thread, the only one that may wait. */
public final class Waiting {
  private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);

  private Waiting() {}

  /**
   * The result, or the failure as it is.
   *
   * @param what for the message when it takes longer
   */
  public static <T> T on(Future<T> future, Duration limit, String what) {
    try {
      return future.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new IllegalStateException(what + " took longer than " + limit.toSeconds() + " s", late);
    }
  }

  /** Whether it succeeded in time. */
  public static boolean within(Future<?> future, Duration limit) {
    try {
      future.await(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException late) {
      return false;
    }
  }

  /**
   * The same for work that may meet an outage: asked again until it passes or the limit is reached,
   * because a server that has just started may still be slow.
   */
  public static <T> T onceAvailable(Supplier<Future<T>> work, Duration limit, String what) {
    long until = System.nanoTime() + limit.toNanos();
    while (true) {
      try {
        return on(work.get(), limit, what);
      } catch (Unavailable outage) {
        if (System.nanoTime() - until > 0) {
          throw outage;
        }
        LOG.info("{} is tried again: {}", what, outage.getMessage());
      }
    }
  }
}
