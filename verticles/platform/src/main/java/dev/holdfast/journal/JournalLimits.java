package dev.holdfast.journal;

import java.time.Duration;

/**
 * What the journal takes in.
 *
 * @param countMax intents that wait to be executed; 0 when nothing is taken
 * @param bytesMax of what they say, together
 * @param totalMinorMax their value, for each currency, in its smallest unit
 * @param singleMinorMax the value of one of them
 * @param ageMax of the oldest; when it is older nothing more is taken, and what is there is still
 *     executed
 * @param queueMax what may wait for the journal's thread
 * @param groupMax what shares one commit
 * @param keptEnded how long the end of an intent can be seen
 */
public record JournalLimits(
    int countMax,
    long bytesMax,
    long totalMinorMax,
    long singleMinorMax,
    Duration ageMax,
    int queueMax,
    int groupMax,
    Duration keptEnded) {
  /** Replies are kept longer than an intent can wait. */
  private static final Duration AGE_LIMIT = Duration.ofDays(30);

  public JournalLimits {
    if (countMax < 0 || bytesMax < 1 || totalMinorMax < 1 || singleMinorMax < 1) {
      throw new IllegalArgumentException(
          "the limits of the journal must be 1 or more, of its count 0");
    }
    if (queueMax < 1 || groupMax < 1) {
      throw new IllegalArgumentException("the journal's queue and groups must hold 1 or more");
    }
    if (ageMax.isNegative() || ageMax.isZero() || ageMax.compareTo(AGE_LIMIT) > 0) {
      throw new IllegalArgumentException("an intent waits 30 days at most, got " + ageMax);
    }
  }

  /** The same, with room for nothing more. */
  JournalLimits full() {
    return new JournalLimits(
        0, bytesMax, totalMinorMax, singleMinorMax, ageMax, queueMax, groupMax, keptEnded);
  }
}
