package dev.holdfast.degradation;

import java.util.Locale;

/** What is broken, from nothing to everything; a later one is worse. */
public enum Level {
  /** 0: everything is connected. */
  FULL(0, Mode.NORMAL),
  /** 1: PostgreSQL can't be written; orders are taken as intents into the journal. */
  DATABASE_FALLBACK(1, Mode.DEGRADED),
  /** 2: no broker; events wait in the outbox. */
  KAFKA_UNAVAILABLE(2, Mode.DEGRADED),
  /** 3: several services are down; reading only. */
  SEVERAL_DOWN(3, Mode.MINIMAL),
  /** 4: nothing safe is left; health and diagnosis only. */
  FAILED(4, Mode.EMERGENCY);

  private final int number;
  private final Mode mode;

  Level(int number, Mode mode) {
    this.number = number;
    this.mode = mode;
  }

  /** The level of a number. */
  static Level of(int number) {
    for (Level level : values()) {
      if (level.number == number) {
        return level;
      }
    }
    throw new IllegalArgumentException("no level " + number);
  }

  /** From 0, full, to 4, failed. */
  public int number() {
    return number;
  }

  /** The best mode it allows. */
  public Mode mode() {
    return mode;
  }

  /** Whether the database takes writes at this level, so that they are done as always. */
  public boolean commits() {
    return this == FULL || this == KAFKA_UNAVAILABLE;
  }

  /** Whether events are told at this level. */
  public boolean tells() {
    return this == FULL || this == DATABASE_FALLBACK;
  }

  /** Whether it keeps all that the other level promises, so that going there is going up. */
  public boolean keeps(Level other) {
    return switch (other) {
      case FULL -> this == FULL;
      case DATABASE_FALLBACK -> tells();
      case KAFKA_UNAVAILABLE -> commits();
      case SEVERAL_DOWN -> this != FAILED;
      case FAILED -> true;
    };
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
