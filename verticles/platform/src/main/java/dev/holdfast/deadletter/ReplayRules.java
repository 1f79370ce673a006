package dev.holdfast.deadletter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is replayed, in which order, and what is held back. */
final class ReplayRules {
  /** How often a replay goes through what is open. */
  static final int ROUNDS_MAX = 3;

  private ReplayRules() {}

  /** How many letters are risked before it is known that the cause is gone. */
  enum Stage {
    ONE(1),
    TEN(10),
    ALL(Integer.MAX_VALUE);

    private final int letters;

    Stage(int letters) {
      this.letters = letters;
    }

    /** Letters that it asks. */
    int letters() {
      return letters;
    }

    /** The one after it; the last is its own. */
    Stage next() {
      return this == ONE ? TEN : ALL;
    }
  }

  /**
   * An open letter under a key that a selection touches.
   *
   * @param wanted whether the selection names it
   * @param attempts 0 for one that only stands behind another
   */
  record Candidate(long number, String parkingKey, boolean wanted, int attempts) {}

  /** A letter that waits for another of its key. */
  record Held(long number, String parkingKey, long behind) {}

  /**
   * What follows for a list of candidates.
   *
   * @param replay in the order in which they are asked
   * @param held those that the selection names and that may not be asked
   * @param blocked under each key that may not be gone on with, the letter that is in the way
   */
  record Plan(List<Candidate> replay, List<Held> held, Map<String, Long> blocked) {
    static final Plan NOTHING = new Plan(List.of(), List.of(), Map.of());

    Plan {
      replay = List.copyOf(replay);
      held = List.copyOf(held);
      blocked = Map.copyOf(blocked);
    }
  }

  /**
   * Goes through candidates in the order of their numbers. A letter that is not to be asked blocks
   * its key, so that what came later stays behind it.
   *
   * @param blocked keys that earlier candidates have blocked
   * @param followers whether letters that never broke themselves go along
   */
  static Plan plan(List<Candidate> candidates, Map<String, Long> blocked, boolean followers) {
    List<Candidate> replay = new ArrayList<>();
    List<Held> held = new ArrayList<>();
    Map<String, Long> inTheWay = new HashMap<>(blocked);
    for (Candidate candidate : candidates) {
      Long behind = inTheWay.get(candidate.parkingKey());
      boolean asked = candidate.wanted() || (followers && candidate.attempts() == 0);
      if (behind == null && asked) {
        replay.add(candidate);
      } else if (behind == null) {
        inTheWay.put(candidate.parkingKey(), candidate.number());
      } else if (asked) {
        held.add(new Held(candidate.number(), candidate.parkingKey(), behind));
      }
    }
    return new Plan(replay, held, inTheWay);
  }

  /** The stage in which the letter at this place of the order is asked; the first place is 0. */
  static Stage stageAt(int place) {
    if (place < Stage.ONE.letters()) {
      return Stage.ONE;
    }
    return place < Stage.ONE.letters() + Stage.TEN.letters() ? Stage.TEN : Stage.ALL;
  }
}
