package dev.holdfast.journal;

import java.time.Duration;
import java.time.Instant;

/**
 * What was true at some time.
 *
 * @param asOf when it was read
 */
public record Snapshot<T>(T value, Instant asOf) {
  /** How old it is; never negative. */
  public Duration age(Instant now) {
    Duration age = Duration.between(asOf, now);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
