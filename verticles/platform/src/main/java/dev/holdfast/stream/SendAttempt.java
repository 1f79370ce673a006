package dev.holdfast.stream;

import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One batch on its way through a producer. Told from the relay's worker and from the producer's own
 * thread.
 */
final class SendAttempt {
  /** The loop that sends counts as one until it is through. */
  private final AtomicInteger outstanding = new AtomicInteger(1);

  private final Queue<Unsent> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Failure> failure = new AtomicReference<>();
  private final Promise<Sent> done = Promise.promise();
  private final Runnable onFirstFailure;

  /**
   * What became of a batch.
   *
   * @param acknowledged rows that the broker has
   * @param failed the row that stopped the rest, or null when none can be named
   * @param failure why, or null when nothing failed
   */
  record Sent(List<Unsent> acknowledged, Unsent failed, Throwable failure) {}

  private record Failure(Unsent event, Throwable why) {}

  /**
   * @param onFirstFailure run at once on the thread that sees it, before the producer can go on
   *     with what comes behind
   */
  SendAttempt(Runnable onFirstFailure) {
    this.onFirstFailure = onFirstFailure;
  }

  Promise<Sent> done() {
    return done;
  }

  boolean failed() {
    return failure.get() != null;
  }

  void began() {
    outstanding.incrementAndGet();
  }

  /** One message is through: acknowledged, or failed when there is a failure. */
  void ended(Unsent event, Exception sendFailure) {
    if (sendFailure == null) {
      acknowledged.add(event);
    } else if (failure.compareAndSet(null, new Failure(event, sendFailure))) {
      onFirstFailure.run();
    }
    oneLess();
  }

  /** The loop has handed over all that it will. */
  void handedOver() {
    oneLess();
  }

  private void oneLess() {
    if (outstanding.decrementAndGet() == 0) {
      Failure first = failure.get();
      done.tryComplete(
          new Sent(
              new ArrayList<>(acknowledged),
              first == null ? null : first.event(),
              first == null ? null : first.why()));
    }
  }
}
