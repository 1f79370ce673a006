package dev.holdfast.recovery;

import java.time.Duration;

/**
 * When a rung is taken and how long it has.
 *
 * @param fromFalls from which fall of the group in the window it may be taken, 1 or more; 0 for
 *     never
 * @param actWithin how long its action may take before the next life begins without it
 * @param proofWithin how long the new life has to be proven; then it has fallen too. Time in which
 *     something it needs is away does not count
 */
public record RungPolicy(int fromFalls, Duration actWithin, Duration proofWithin) {
  public RungPolicy {
    if (fromFalls < 0) {
      throw new IllegalArgumentException("fromFalls must be 0 or more, got " + fromFalls);
    }
    if (actWithin.toMillis() < 1 || proofWithin.toMillis() < 1) {
      throw new IllegalArgumentException(
          "a rung needs 1 ms or more, got " + actWithin + " and " + proofWithin);
    }
  }

  boolean isReachedAt(int falls) {
    return fromFalls > 0 && fromFalls <= falls;
  }
}
