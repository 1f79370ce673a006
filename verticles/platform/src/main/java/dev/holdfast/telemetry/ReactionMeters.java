package dev.holdfast.telemetry;

import io.micrometer.core.instrument.Counter;

/** One way to react to signs of trouble. */
public final class ReactionMeters {
  private final Counter proven;
  private final Counter unproven;

  ReactionMeters(Meters meters, String reaction) {
    proven = meters.counter(Catalogue.REACTIONS, reaction, "proven");
    unproven = meters.counter(Catalogue.REACTIONS, reaction, "unproven");
  }

  /** It has helped. */
  public void proven() {
    proven.increment();
  }

  /** It has not helped in time, or could not be done, and was taken back. */
  public void unproven() {
    unproven.increment();
  }
}
