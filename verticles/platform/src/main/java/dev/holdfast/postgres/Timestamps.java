package dev.holdfast.postgres;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Points in time on their way to columns of type {@code timestamptz} and back; null stays null. */
public final class Timestamps {
  private Timestamps() {}

  /** As the driver takes it. */
  public static OffsetDateTime utc(Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }

  /** As the rest of the code has it. */
  public static Instant instant(OffsetDateTime column) {
    return column == null ? null : column.toInstant();
  }
}
