package dev.holdfast.recovery;

import java.time.Duration;

/**
 * What holds for a reaction.
 *
 * @param actWithin how long its action may take
 * @param proofWithin how long it has to help
 * @param cooldown how long it is not done again to the same target after it ended
 */
public record ReactionPolicy(Duration actWithin, Duration proofWithin, Duration cooldown) {
  public ReactionPolicy {
    if (actWithin.toMillis() < 1 || proofWithin.toMillis() < 1 || cooldown.isNegative()) {
      throw new IllegalArgumentException(
          "a reaction needs 1 ms or more, got %s, %s and %s"
              .formatted(actWithin, proofWithin, cooldown));
    }
  }
}
