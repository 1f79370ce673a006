package dev.holdfast.chaos;

import dev.holdfast.kernel.Clock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Keeps an event loop from doing anything for a time. Used once. */
public final class BlockedLoop implements Runnable, Injector.Ending {
  private final Clock clock;
  private final long nanos;
  private final Promise<Void> over = Promise.promise();
  private volatile boolean released;
  private volatile Thread blocked;

  /** One that will block whichever loop runs it. */
  public BlockedLoop(Clock clock, Duration time) {
    this.clock = clock;
    this.nanos = time.toNanos();
  }

  /** Blocks the calling thread until the time is over or it is released. */
  @Override
  public void run() {
    blocked = Thread.currentThread();
    long begun = clock.nanoTime();
    long left = nanos;
    while (!released && left > 0) {
      LockSupport.parkNanos(this, left);
      left = nanos - (clock.nanoTime() - begun);
    }
    over.complete();
  }

  /** A loop that was never reached need not be waited for. */
  @Override
  public Future<Void> end() {
    released = true;
    Thread one = blocked;
    if (one == null) {
      return Future.succeededFuture();
    }
    LockSupport.unpark(one);
    return over.future();
  }
}
