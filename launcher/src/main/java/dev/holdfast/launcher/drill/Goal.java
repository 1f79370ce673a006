package dev.holdfast.launcher.drill;

import java.util.List;

/**
 * A level, a rung or something else that a drill reaches.
 *
 * @param name such as {@code level 2}, {@code restart} or {@code dead letter}; a rung has the name
 *     that incidents have it under
 * @param notBeforeMs when its faults may come at the earliest, from the first order
 * @param faults that lead there; none when the faults of another goal lead there on their way
 */
public record Goal(String name, int notBeforeMs, List<Step> faults) {
  /** A command that broke its agent came to the dead letters and was replayed. */
  static final String DEAD_LETTER = "dead letter";

  private static final String LEVEL = "level ";

  /**
   * One of the faults.
   *
   * @param afterMs when, from the first of them
   */
  public record Step(String fault, String target, int afterMs, int forMs) {
    /** One that comes at once. */
    public Step(String fault, String target, int forMs) {
      this(fault, target, 0, forMs);
    }
  }

  /** One whose faults may come at once. */
  public Goal(String name, List<Step> faults) {
    this(name, 0, faults);
  }

  public Goal {
    faults = List.copyOf(faults);
  }

  /** Whether it is a level. */
  public boolean isLevel() {
    return isLevel(name);
  }

  /** Whether a goal of that name is a level. */
  static boolean isLevel(String name) {
    return name.startsWith(LEVEL);
  }

  /** The number of the level. */
  public int level() {
    return levelOf(name);
  }

  static int levelOf(String name) {
    return Integer.parseInt(name.substring(LEVEL.length()));
  }

  /** From the first fault to the end of the last, in ms. */
  int lengthMs() {
    return faults.stream().mapToInt(step -> step.afterMs() + step.forMs()).max().orElse(0);
  }
}
