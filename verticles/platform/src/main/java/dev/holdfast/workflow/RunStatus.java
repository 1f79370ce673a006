package dev.holdfast.workflow;

/** Where a run stands. */
public enum RunStatus {
  /** It asks commands forward. */
  RUNNING,
  /** It waits for a signal or a time. */
  WAITING,
  /** It takes back what it did. */
  TURNING_BACK,
  /** It did all it had to. */
  COMPLETED,
  /** All it did is taken back. */
  TURNED_BACK,
  /** It can go neither forward nor back without a person. */
  NEEDS_HUMAN
}
