package dev.holdfast.telemetry;

import dev.holdfast.kernel.Clock;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * An operation with a name, whose times are recorded, failures included. Asked for once from {@link
 * Meters#operation} and kept. Safe on any thread.
 */
public final class TimedOperation {
  private final Histogram seconds;
  private final Clock clock;

  TimedOperation(Histogram seconds, Clock clock) {
    this.seconds = seconds;
    this.clock = clock;
  }

  /** One run of the operation; it counts when it is ended, once. */
  public final class Run {
    private final long begun = clock.nanoTime();
    private final AtomicBoolean over = new AtomicBoolean();

    private Run() {}

    /** It is over; a second end changes nothing. */
    public void end() {
      if (over.compareAndSet(false, true)) {
        seconds.record((clock.nanoTime() - begun) / 1e9);
      }
    }
  }

  /** A run begins now. */
  public Run begin() {
    return new Run();
  }

  /** Times until the future is complete; one that throws instead of failing is timed as well. */
  public <T> Future<T> timed(Supplier<Future<T>> work) {
    Run run = begin();
    return Future.succeededFuture().compose(go -> work.get()).onComplete(done -> run.end());
  }
}
