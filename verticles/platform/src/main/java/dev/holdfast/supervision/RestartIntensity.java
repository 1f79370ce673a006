package dev.holdfast.supervision;

import java.util.ArrayDeque;
import java.util.Deque;

/** The second gate: counts a group's crashes in a sliding window on the monotonic clock. */
final class RestartIntensity {
  private final Intensity limit;
  private final Deque<Long> crashes = new ArrayDeque<>();

  RestartIntensity(Intensity limit) {
    this.limit = limit;
  }

  /**
   * Counts a crash, and tells whether the group is still within its limit.
   *
   * @param now nanoseconds of the monotonic clock, never less than before
   */
  boolean permits(long now) {
    forget(now);
    crashes.addLast(now);
    return crashes.size() <= limit.crashes();
  }

  /** How many crashes the window holds. */
  int count(long now) {
    forget(now);
    return crashes.size();
  }

  /** A person has looked at it: begin with an empty window. */
  void clear() {
    crashes.clear();
  }

  Intensity limit() {
    return limit;
  }

  private void forget(long now) {
    while (!crashes.isEmpty() && now - crashes.peekFirst() >= limit.within().toNanos()) {
      crashes.removeFirst();
    }
  }
}
