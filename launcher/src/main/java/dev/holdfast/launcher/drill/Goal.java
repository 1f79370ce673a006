package dev.holdfast.launcher.drill;

import java.util.List;

/**
 * A level or a rung that a drill reaches.
 *
 * @param name such as {@code level 2} or {@code restart}; a rung is the word that the action of its
 *     incident begins with
 * @param required whether a drill that does not reach it fails; what the platform can't reach at
 *     all is reported and fails nothing
 * @param faults that lead there, at the same time
 */
public record Goal(String name, boolean required, List<Step> faults) {
  private static final String LEVEL = "level ";

  /** One of the faults. */
  public record Step(String fault, String target, int forMs) {}

  public Goal {
    faults = List.copyOf(faults);
  }

  /** Whether it is a level. */
  public boolean isLevel() {
    return name.startsWith(LEVEL);
  }

  /** The number of the level. */
  public int level() {
    return Integer.parseInt(name.substring(LEVEL.length()));
  }
}
