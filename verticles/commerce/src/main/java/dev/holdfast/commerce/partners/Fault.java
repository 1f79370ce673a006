package dev.holdfast.commerce.partners;

/** What a simulated partner can do wrong. */
public enum Fault {
  /** An authorisation is declined. */
  DECLINE,
  /** A carrier refuses the label. */
  LABEL_REFUSED,
  /** A carrier does not answer for this label, and makes none. */
  LABEL_UNAVAILABLE,
  /** It took effect, and the answer comes after the deadline. */
  TIMEOUT_AFTER_SUCCESS,
  /** It took effect, and the answer is a server error. */
  ERROR_AFTER_SUCCESS,
  /** The answer takes its time. */
  SLOW,
  /** The request is held up on its way: no answer, and it takes effect seconds later. */
  ARRIVES_LATE,
  /** A notice is told twice. */
  DUPLICATE_NOTICE,
  /** A notice is told seconds later. */
  LATE_NOTICE
}
