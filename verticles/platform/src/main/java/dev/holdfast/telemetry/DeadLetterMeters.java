package dev.holdfast.telemetry;

import io.micrometer.core.instrument.Counter;

/** One agent's dead letters. */
public final class DeadLetterMeters {
  private final Reading open;
  private final Counter parked;
  private final Counter replayed;
  private final Counter discarded;

  DeadLetterMeters(Meters meters, String agent) {
    open = meters.reading(Catalogue.DEAD_LETTERS, agent);
    parked = meters.counter(Catalogue.DEAD_LETTER_ACTS, agent, "parked");
    replayed = meters.counter(Catalogue.DEAD_LETTER_ACTS, agent, "replayed");
    discarded = meters.counter(Catalogue.DEAD_LETTER_ACTS, agent, "discarded");
  }

  /** Messages parked and neither replayed nor discarded. */
  public Reading open() {
    return open;
  }

  /** A message was parked. */
  public void parked() {
    parked.increment();
  }

  /** A message was replayed with success. */
  public void replayed() {
    replayed.increment();
  }

  /** A message was discarded. */
  public void discarded() {
    discarded.increment();
  }
}
