package dev.holdfast.performance;

/** Something of which there is only so much. */
public sealed interface Resource {
  /** What it is, such as {@code lane order}. */
  String name();

  /** How many there are; above 0. */
  double limit();

  /** Who waits for one. */
  long waiting();

  /**
   * Known by how many are in use now.
   *
   * @param used from 0 to the limit
   */
  record Held(String name, double used, double limit, long waiting) implements Resource {}

  /**
   * Known by how long its parts were busy.
   *
   * @param busySeconds of all parts together since the start; never falls
   */
  record Busy(String name, double busySeconds, double limit, long waiting) implements Resource {}
}
