package dev.holdfast.deadletter;

import java.util.Map;

/**
 * How it stands with the dead letters.
 *
 * @param open open letters by agent; agents without any are not in it
 * @param inAll all open letters
 * @param standing what to think of that
 * @param replaysSucceeded letters that a replay closed in the last 24 hours
 * @param replaysFailed replays that broke again or met an outage in that time
 * @param replaysWell whether more than 80 % of them succeeded; true without any
 */
public record LetterFigures(
    Map<String, Long> open,
    long inAll,
    Standing standing,
    long replaysSucceeded,
    long replaysFailed,
    boolean replaysWell) {
  private static final long NORMAL_MAX = 5;
  private static final long RAISED_MAX = 50;
  private static final long WELL_PERCENT = 80;

  /** What to think of a number of open letters. */
  public enum Standing {
    /** 0 to 5. */
    NORMAL,
    /** 6 to 50. */
    RAISED,
    /** More. */
    ALARM
  }

  public LetterFigures {
    open = Map.copyOf(open);
  }

  static LetterFigures of(Map<String, Long> open, long succeeded, long failed) {
    long inAll = open.values().stream().mapToLong(Long::longValue).sum();
    long tried = succeeded + failed;
    return new LetterFigures(
        open,
        inAll,
        standing(inAll),
        succeeded,
        failed,
        tried == 0 || succeeded * 100 > tried * WELL_PERCENT);
  }

  private static Standing standing(long letters) {
    if (letters <= NORMAL_MAX) {
      return Standing.NORMAL;
    }
    return letters <= RAISED_MAX ? Standing.RAISED : Standing.ALARM;
  }
}
