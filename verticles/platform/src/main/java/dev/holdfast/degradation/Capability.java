package dev.holdfast.degradation;

import java.util.Locale;

/** Something that agents need from the world, and that can be probed. */
public enum Capability {
  /** PostgreSQL takes commits. */
  PG_WRITE,
  /** PostgreSQL answers queries. */
  PG_READ,
  /** The broker acknowledges events. */
  KAFKA_OUT,
  /** The broker hands out events. */
  KAFKA_IN,
  /** A local journal takes intents durably, and snapshots of it can be read. */
  JOURNAL;

  /** Its name on status pages, such as {@code pg_write}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
