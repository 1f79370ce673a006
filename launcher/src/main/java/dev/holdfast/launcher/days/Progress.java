package dev.holdfast.launcher.days;

/** Where people see how far it is. */
public interface Progress {
  /**
   * Something begins.
   *
   * @param total steps that it has, or 0 when that is not known
   */
  void begin(String what, int total);

  /** One step is done. */
  void step();

  /** What just went on, such as a refusal worth telling. */
  void tell(String line);
}
