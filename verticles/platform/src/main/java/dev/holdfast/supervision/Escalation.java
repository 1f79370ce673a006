package dev.holdfast.supervision;

import java.time.Duration;

/**
 * What becomes of a group that has fallen more often than its intensity allows: the failure is
 * handed up, and all of the group is started anew after a rest, with a clean record. A group that
 * needs that too often is parked.
 *
 * @param restarts how often the group is started anew, and in which time
 * @param rest how long all of it stays down before; a cause outside may pass meanwhile
 */
public record Escalation(Intensity restarts, Duration rest) {
  public Escalation {
    if (rest.toMillis() < 1) {
      throw new IllegalArgumentException("a group rests 1 ms or more, got " + rest);
    }
  }
}
