package dev.holdfast.stream;

import dev.holdfast.deadletter.DeadLetter;
import dev.holdfast.deadletter.Fingerprint;
import dev.holdfast.kernel.Backoff;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One record on its way through the handler: handed over again while something it needs is away,
 * and to the dead letters when it breaks the handler or is no event at all. Timers and not a chain
 * of futures, because an outage may last for hours.
 */
final class Delivery {
  private static final String HANDLING = "handling of an event";

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final Backoff AGAIN = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

  private final EventConsumer consumer;
  private final Polled polled;
  private final PartitionProgress.Slot slot;
  private final Promise<Void> over = Promise.promise();
  private Received event;
  private int outages;
  private int bugs;

  Delivery(EventConsumer consumer, Polled polled, PartitionProgress.Slot slot) {
    this.consumer = consumer;
    this.polled = polled;
    this.slot = slot;
  }

  /**
   * Succeeds when the record needs no more work here: handled, parked, or somebody else's by now.
   */
  Future<Void> begin() {
    try {
      event = Envelope.open(polled.message());
    } catch (Unreadable failure) {
      bugs = 1;
      park(failure);
      return over.future();
    }
    attempt();
    return over.future();
  }

  private void attempt() {
    if (moot()) {
      over.complete();
    } else {
      consumer.handle(event).onComplete(this::judge);
    }
  }

  /** Whether what becomes of it counts no more. */
  private boolean moot() {
    return polled.progress().revoked() || consumer.stopped();
  }

  private void judge(AsyncResult<Void> result) {
    switch (result.cause()) {
      case null -> finish(true);
      case Unavailable outage -> {
        consumer.failed(HANDLING, null, outage);
        again(outages++, this::attempt);
      }
      // The lane has it among its dead letters.
      case Parked parked -> finish(true);
      case Throwable bug -> judgeBug(bug);
    }
  }

  private void judgeBug(Throwable bug) {
    bugs++;
    if (bugs < consumer.settings().attempts()) {
      again(bugs, this::attempt);
    } else {
      park(bug);
    }
  }

  private void again(int failures, Runnable next) {
    consumer.counts().retriedOne();
    consumer.in(AGAIN.wait(failures), next);
  }

  private void park(Throwable why) {
    DeadLetter letter = consumer.letter(polled.message(), why, bugs);
    LOG.warn(
        "{}: {} {} goes to the dead letters: {}",
        consumer.settings().agent(),
        letter.type(),
        letter.origin(),
        letter.cause().summary());
    consumer.failed(HANDLING, String.valueOf(letter.origin()), why);
    store(letter, 0);
  }

  private void store(DeadLetter letter, int failures) {
    if (moot()) {
      over.complete();
      return;
    }
    consumer
        .park(letter)
        .onSuccess(parked -> finish(false))
        .onFailure(
            outage -> {
              LOG.info("{} can't be parked yet: {}", letter.origin(), Fingerprint.of(outage));
              again(failures, () -> store(letter, failures + 1));
            });
  }

  private void finish(boolean handled) {
    consumer.finished(polled, slot, handled);
    over.complete();
  }
}
