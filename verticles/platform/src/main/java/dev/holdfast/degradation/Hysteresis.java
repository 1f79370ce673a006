package dev.holdfast.degradation;

import java.time.Duration;

/**
 * How much must be seen before something counts as down or up, and how long it then stays so.
 *
 * @param downAfter failed probes that take a capability down, 1 or more, in a row or not
 * @param downWithin within how long they count together
 * @param upAfter good probes in a row, 1 or more, before a capability may prove itself
 * @param steady one that falls again sooner than this after it came up, or before it came up after
 *     good probes, flaps: it needs twice as many good probes the next time, up to {@value
 *     #DAMPED_MAX} times as many
 * @param stay how long a level that fell stays before it rises
 * @param levelStep how long a level that rose stays before it rises further
 * @param modeStep how long a mode stays before it offers more
 */
public record Hysteresis(
    int downAfter,
    Duration downWithin,
    int upAfter,
    Duration steady,
    Duration stay,
    Duration levelStep,
    Duration modeStep) {
  static final int DAMPED_MAX = 4;

  public Hysteresis {
    if (downAfter < 1 || upAfter < 1) {
      throw new IllegalArgumentException("at least one probe must decide");
    }
  }

  /** Down after 3 failures in 3 s, up after 5 successes; see {@code conf/degradation.yaml}. */
  public static Hysteresis standard() {
    return new Hysteresis(
        3,
        Duration.ofSeconds(3),
        5,
        Duration.ofSeconds(5),
        Duration.ofSeconds(4),
        Duration.ofMillis(400),
        Duration.ofSeconds(2));
  }
}
