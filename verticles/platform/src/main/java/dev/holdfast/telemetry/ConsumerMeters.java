package dev.holdfast.telemetry;

import io.micrometer.core.instrument.Counter;

/** Events read from one topic. */
public final class ConsumerMeters {
  private final Counter applied;
  private final Counter parked;

  ConsumerMeters(Meters meters, String topic) {
    applied = meters.counter(Catalogue.EVENTS_CONSUMED, topic, "applied");
    parked = meters.counter(Catalogue.EVENTS_CONSUMED, topic, "parked");
  }

  /** An event became a command that took effect, now or before. */
  public void applied() {
    applied.increment();
  }

  /** An event went to the dead letters. */
  public void parked() {
    parked.increment();
  }
}
