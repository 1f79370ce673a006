package dev.holdfast.degradation;

import java.util.Locale;

/** What is broken, from nothing to everything; a later one is worse. */
public enum Level {
  /** 0: everything is connected. */
  FULL(0),
  /** 1: PostgreSQL can't be written; orders are taken as intents into the journal. */
  DATABASE_FALLBACK(1),
  /** 2: no broker; events wait in the outbox. */
  KAFKA_UNAVAILABLE(2),
  /** 3: several services are down; reading only. */
  SEVERAL_DOWN(3),
  /** 4: nothing safe is left; health and diagnosis only. */
  FAILED(4);

  private final int number;

  Level(int number) {
    this.number = number;
  }

  /** From 0, full, to 4, failed. */
  public int number() {
    return number;
  }

  /** Its name on status pages, such as {@code kafka_unavailable}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The worse of the two. */
  public Level orWorse(Level other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
