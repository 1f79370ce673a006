package dev.holdfast.kernel;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Platform time, and the only place that reads the machine's clock. Leases use the database's clock
 * instead, and documents carry their own time.
 */
public interface Clock {
  /** The time of day, which may jump; for timers and tokens. */
  Instant now();

  /** Nanoseconds from an arbitrary origin, which never jump; for durations and deadlines. */
  long nanoTime();

  /** The day in UTC, for command ids. */
  default LocalDate today() {
    return LocalDate.ofInstant(now(), ZoneOffset.UTC);
  }

  /** The machine's clocks. */
  static Clock system() {
    return new Clock() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public long nanoTime() {
        return System.nanoTime();
      }
    };
  }
}
