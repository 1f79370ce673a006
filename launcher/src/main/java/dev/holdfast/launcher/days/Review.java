package dev.holdfast.launcher.days;

/** What becomes of orders that wait for a person. */
public enum Review {
  /** Each is let through. */
  APPROVE,
  /** Each is refused. */
  REJECT,
  /** They wait on. */
  HOLD
}
