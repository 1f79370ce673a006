package dev.holdfast.supervision;

import java.util.List;
import java.util.Map;

/**
 * Tells a hang from a pause of the machine. A hang silences some while the watcher and others go
 * on; a pause silences everybody, or the watcher itself.
 *
 * <p>After a pause everybody gets a full grace period: whoever happens to beat first must not
 * condemn the others.
 */
final class BeatWatch {
  /** How many times as long silence is borne while the process is cold. */
  static final int COLD = 3;

  /** How many times its own lateness the watcher grants to others. */
  private static final int LATENESS = 4;

  private final long beatNanos;
  private final int missed;
  private final long warmUntil;
  private long lateness;
  private long checkedAt;
  private long graceFrom;

  /**
   * What one look found.
   *
   * @param silent the ids of those that hang
   * @param pause whether the machine stood still instead
   */
  record Verdict(List<String> silent, boolean pause) {}

  /**
   * @param beatNanos the time between two beats
   * @param missed after how many missed beats a child counts as silent
   * @param warmUpNanos how long silence is borne {@link #COLD} times as long
   * @param now nanoseconds of the monotonic clock
   */
  BeatWatch(long beatNanos, int missed, long warmUpNanos, long now) {
    this.beatNanos = beatNanos;
    this.missed = missed;
    this.warmUntil = now + warmUpNanos;
    this.checkedAt = now;
    this.graceFrom = now;
  }

  /** How often to look: twice a beat. */
  static long lookEvery(long beatNanos) {
    return beatNanos / 2;
  }

  /**
   * Looks at the last beats of all children that should beat.
   *
   * @param lastBeats by child id, in nanoseconds of the same clock
   */
  Verdict look(long now, Map<String, Long> lastBeats) {
    // A machine that is short of processors makes everybody late, the watcher as well: it bears
    // more
    // silence while it is itself late, and forgets that slowly.
    long late = Math.max(0, now - checkedAt - lookEvery(beatNanos));
    lateness = Math.max(late, lateness - lateness / 16);
    boolean watcherLate = now - checkedAt > lookEvery(beatNanos) + beatNanos;
    checkedAt = now;
    if (watcherLate) {
      return pause(now);
    }
    List<String> silent =
        lastBeats.entrySet().stream()
            .filter(beat -> isSilent(now, beat.getValue()))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    boolean everybody = silent.size() > 1 && silent.size() == lastBeats.size();
    return everybody ? pause(now) : new Verdict(silent, false);
  }

  private boolean isSilent(long now, long lastBeat) {
    long borne = (now - warmUntil < 0 ? COLD : 1L) * missed * beatNanos + LATENESS * lateness;
    return now - lastBeat > borne && now - graceFrom > borne;
  }

  private Verdict pause(long now) {
    graceFrom = now;
    return new Verdict(List.of(), true);
  }
}
