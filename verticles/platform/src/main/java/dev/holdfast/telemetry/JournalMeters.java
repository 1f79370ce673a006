package dev.holdfast.telemetry;

import io.micrometer.core.instrument.Counter;
import java.util.Locale;

/** Commands that were accepted while the database was away. */
public final class JournalMeters {
  private final Meters meters;
  private final Reading up;
  private final Reading waiting;
  private final Reading oldestSeconds;
  private final Reading valueMinor;
  private final Counter accepted;

  JournalMeters(Meters meters) {
    this.meters = meters;
    up = meters.reading(Catalogue.JOURNAL_UP);
    waiting = meters.reading(Catalogue.JOURNAL_WAITING);
    oldestSeconds = meters.reading(Catalogue.JOURNAL_OLDEST);
    valueMinor = meters.reading(Catalogue.JOURNAL_VALUE);
    accepted = meters.counter(Catalogue.JOURNAL_ACCEPTED);
  }

  /** 1 when intents are taken. */
  public Reading up() {
    return up;
  }

  /** Intents not yet executed. */
  public Reading waiting() {
    return waiting;
  }

  /** Age of the oldest of them in seconds; 0 when there is none. */
  public Reading oldestSeconds() {
    return oldestSeconds;
  }

  /** Their value in the smallest unit of the currency that has most of it. */
  public Reading valueMinor() {
    return valueMinor;
  }

  /** An intent was written durably. */
  public void accepted() {
    accepted.increment();
  }

  /** An intent ended; the ending is one of a few names. */
  public void ended(Enum<?> ending) {
    meters.counter(Catalogue.JOURNAL_ENDED, ending.name().toLowerCase(Locale.ROOT)).increment();
  }
}
