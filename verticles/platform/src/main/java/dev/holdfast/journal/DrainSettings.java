package dev.holdfast.journal;

import java.time.Duration;

/**
 * How intents are executed when that is possible again.
 *
 * @param perSecond intents begun a second at most
 * @param atOnce intents under way at most
 * @param ask how long an answer is waited for
 * @param restAfterOutage how long after one nothing is begun
 */
public record DrainSettings(int perSecond, int atOnce, Duration ask, Duration restAfterOutage) {
  public DrainSettings {
    if (perSecond < 1 || perSecond > 10_000) {
      throw new IllegalArgumentException("perSecond must be 1 to 10000, got " + perSecond);
    }
    if (atOnce < 1) {
      throw new IllegalArgumentException("atOnce must be 1 or more, got " + atOnce);
    }
  }
}
