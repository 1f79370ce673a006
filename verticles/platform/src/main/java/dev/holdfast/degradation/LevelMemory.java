package dev.holdfast.degradation;

import java.time.Instant;

/**
 * The level that one agent, or the platform, is said to have. It falls at once to what is kept, and
 * rises one step at a time, with a stay after each fall and each step; only from the beginning,
 * before anything fell, it rises at once.
 */
final class LevelMemory {
  private final Hysteresis hysteresis;
  private Level level = Level.FAILED;
  private Instant since;
  private boolean fresh = true;
  private long fellNanos;
  private long roseNanos;

  LevelMemory(Hysteresis hysteresis, Instant now) {
    this.hysteresis = hysteresis;
    this.since = now;
  }

  /**
   * Follows what is kept now.
   *
   * @param steady false while something seems about to fall; then it does not rise
   * @return whether it changed
   */
  boolean follow(Level kept, boolean steady, long nanos, Instant now) {
    Level next = next(kept, steady, nanos);
    if (next == level) {
      return false;
    }
    if (next.keeps(level)) {
      roseNanos = nanos;
    } else {
      fresh = false;
      fellNanos = nanos;
      roseNanos = nanos;
    }
    level = next;
    since = now;
    return true;
  }

  private Level next(Level kept, boolean steady, long nanos) {
    if (kept == level || fresh || !kept.keeps(level)) {
      return kept;
    }
    boolean stayed =
        steady
            && nanos - fellNanos >= hysteresis.stay().toNanos()
            && nanos - roseNanos >= hysteresis.levelStep().toNanos();
    return stayed ? LevelRules.stepUp(level, kept) : level;
  }

  Level level() {
    return level;
  }

  Instant since() {
    return since;
  }
}
