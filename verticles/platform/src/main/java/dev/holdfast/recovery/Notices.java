package dev.holdfast.recovery;

/** Where people are told. */
@FunctionalInterface
public interface Notices {
  /**
   * Tells it, without waiting; on the supervisor's loop.
   *
   * @return whether it was told; false when the same was told a short while ago
   */
  boolean tell(Notice notice);
}
