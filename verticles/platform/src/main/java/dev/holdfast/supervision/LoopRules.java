package dev.holdfast.supervision;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells a loop that is blocked from one that is busy, late or short of processors. An event loop
 * never waits but for events; one whose thread waits for anything else, at the same place at
 * several looks, is blocked. A loop that works is none of this: if it works for too long, its
 * children miss their beats.
 */
final class LoopRules {
  /** How long a loop may leave a probe unanswered, in nanoseconds, when an agent's code waits. */
  static final long SILENCE = 100_000_000L;

  /** How many times as long when no agent's code is seen: a library may wait for a slow disk. */
  static final int UNBLAMED = 5;

  /** How many times as long while the process is cold. */
  static final int COLD = 3;

  /** How many times its own lateness the watcher grants to others. */
  static final int LATENESS = 4;

  /** How long one loop may stay blocked, in nanoseconds. */
  static final long GIVEN_UP = 5_000_000_000L;

  /** At how many looks in a row it must be seen waiting at the same place. */
  static final int LOOKS = 2;

  private LoopRules() {}

  /**
   * What was seen of a loop that has not answered.
   *
   * @param silence since the probe was sent, in nanoseconds
   * @param looks at how many looks in a row its thread waited at this place
   * @param blamed whether an agent's code is on its stack
   */
  record Seen(long silence, int looks, boolean blamed) {}

  /**
   * Whether it is blocked.
   *
   * @param lateness of the watcher itself, in nanoseconds
   * @param cold whether the process began a short while ago
   */
  static boolean isBlocked(Seen seen, long lateness, boolean cold) {
    long borne = SILENCE * (seen.blamed() ? 1 : UNBLAMED) * (cold ? COLD : 1) + LATENESS * lateness;
    return seen.looks() >= LOOKS && seen.silence() > borne;
  }

  /** Whether a thread in that state, with that stack, waits for something that is no event. */
  static boolean waits(Thread.State state, List<StackTraceElement> stack) {
    boolean waiting =
        state == Thread.State.WAITING
            || state == Thread.State.TIMED_WAITING
            || state == Thread.State.BLOCKED;
    return waiting && !stack.isEmpty();
  }

  /**
   * Whether the process had better be started anew: so many loops are stuck, or one for so long.
   * What else lives on it, such as a pool's connections, can't be moved.
   *
   * @param longest how long the longest has been silent, in nanoseconds
   */
  static boolean isHopeless(int stuck, int loops, long longest) {
    return (stuck >= 2 && stuck * 4 > loops) || longest > GIVEN_UP;
  }

  /**
   * Who falls when children are silent: they, and all that live on the same loops.
   *
   * @param silent children without a beat, in the order in which they are to fall
   * @param loopOf the loop of every child that has one
   * @return who falls, each with the silent child because of which it does; first the silent ones
   */
  static Map<String, String> falling(List<String> silent, Map<String, Thread> loopOf) {
    Map<String, String> falling = new LinkedHashMap<>();
    silent.forEach(id -> falling.put(id, id));
    for (String id : silent) {
      Thread loop = loopOf.get(id);
      loopOf.forEach(
          (other, on) -> {
            if (on.equals(loop)) {
              falling.putIfAbsent(other, id);
            }
          });
    }
    return falling;
  }
}
