package dev.holdfast.guard;

import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.TimeUnit;

/**
 * A timer on a context's loop that is not the context's own: Vert.x cancels a verticle's timers
 * when it is undeployed, and a guard whose deadlines vanished would keep places and probes for
 * ever.
 */
final class LoopTimer {
  private final ScheduledFuture<?> scheduled;

  private LoopTimer(ScheduledFuture<?> scheduled) {
    this.scheduled = scheduled;
  }

  /** Runs the action on the context after the given time, unless cancelled. */
  static LoopTimer in(ContextInternal context, long millis, Runnable action) {
    return new LoopTimer(
        context
            .nettyEventLoop()
            .schedule(
                () -> context.runOnContext(now -> action.run()), millis, TimeUnit.MILLISECONDS));
  }

  void cancel() {
    scheduled.cancel(false);
  }
}
