package dev.holdfast.telemetry;

import dev.holdfast.kernel.Clock;
import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Committed events on their way to the broker. */
public final class OutboxMeters {
  private final Meters meters;
  private final Reading unsent;
  private final Reading oldestSeconds;
  private final Counter failures;
  private final Map<String, Counter> published = new ConcurrentHashMap<>();

  OutboxMeters(Meters meters) {
    this.meters = meters;
    unsent = meters.reading(Catalogue.OUTBOX_UNSENT);
    oldestSeconds = meters.reading(Catalogue.OUTBOX_OLDEST);
    failures = meters.counter(Catalogue.OUTBOX_FAILURES);
  }

  /** Committed events not yet acknowledged by the broker. */
  public Reading unsent() {
    return unsent;
  }

  /** Age of the oldest of them in seconds; 0 when there is none. */
  public Reading oldestSeconds() {
    return oldestSeconds;
  }

  /** From handing a round's events to the producer to the last acknowledgement. */
  public TimedOperation sends(Clock clock) {
    return meters.operation(Layer.KAFKA, "outbox send", clock);
  }

  /** The broker acknowledged events of a topic. */
  public void published(String topic, int events) {
    published
        .computeIfAbsent(topic, name -> meters.counter(Catalogue.OUTBOX_PUBLISHED, name))
        .increment(events);
  }

  /** Events that the broker will never take were parked. */
  public void lettersParked(String agent, int events) {
    meters.lettersParked(agent, events);
  }

  /** A send failed, and a new producer takes over. */
  public void failed() {
    failures.increment();
  }
}
