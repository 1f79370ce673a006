package dev.holdfast.commerce.partners;

import java.time.Duration;
import java.time.Instant;

/**
 * When a desk reads its tables next: at the earliest of the times that it was given since it began
 * to read, and in any case after a while. Whoever leaves something in the tables that nobody has in
 * hand names a time here; what is in hand needs none.
 */
final class NextLook {
  /**
   * What nobody here can know of lies no longer than this: what another process left that died, and
   * what was committed though its answer was lost.
   */
  private static final Duration ANYWAY = Duration.ofSeconds(10);

  private Instant at = Instant.EPOCH;

  /** There is something to be found at this time. */
  void noLaterThan(Instant time) {
    if (time.isBefore(at)) {
      at = time;
    }
  }

  /** Also when the clock was put back since the time was named. */
  boolean isDue(Instant now) {
    return !at.isAfter(now) || at.isAfter(now.plus(ANYWAY));
  }

  /** The tables are read from now on: what was named before will be found. */
  void begun(Instant now) {
    at = now.plus(ANYWAY);
  }
}
