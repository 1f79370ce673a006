package dev.holdfast.degradation;

import java.time.Instant;

/**
 * What is remembered of one capability's probes.
 *
 * @param up whether it counts as up
 * @param since when it came to that
 * @param against probes in a row that said the contrary
 * @param text what the probe said that brought it there
 */
record Probed(boolean up, Instant since, int against, String text) {
  /** Failed probes in a row until it counts as down. */
  static final int DOWN_AFTER = 3;

  /** Good probes in a row until it counts as up. */
  static final int UP_AFTER = 5;

  static Probed first(boolean up, Instant at, String text) {
    return new Probed(up, at, 0, text);
  }

  Probed next(boolean found, Instant at, String saw) {
    if (found == up) {
      return new Probed(up, since, 0, text);
    }
    boolean turns = against + 1 >= (up ? DOWN_AFTER : UP_AFTER);
    return turns ? first(found, at, saw) : new Probed(up, since, against + 1, text);
  }
}
