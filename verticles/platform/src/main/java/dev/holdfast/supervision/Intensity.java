package dev.holdfast.supervision;

import java.time.Duration;

/**
 * How many crashes a group may have: one more within the time, and the child that had it is parked.
 *
 * @param crashes 1 or more
 * @param within the length of the sliding window
 */
public record Intensity(int crashes, Duration within) {
  /** Five in a minute. */
  public static final Intensity SHIPPED = new Intensity(5, Duration.ofSeconds(60));

  public Intensity {
    if (crashes < 1 || within.isNegative() || within.isZero()) {
      throw new IllegalArgumentException(
          "intensity needs crashes >= 1 and a window > 0, got " + crashes + " in " + within);
    }
  }
}
