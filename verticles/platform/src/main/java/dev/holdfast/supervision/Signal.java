package dev.holdfast.supervision;

/** Why a life of a child ended, or had to be ended. */
public enum Signal {
  /** Its start failed, or did not end within the start deadline. */
  START_FAILED,
  /** An exception reached the top of its context. */
  UNCAUGHT,
  /** Its context made no beats while others did. */
  MISSED_BEATS,
  /** The event loop that it runs on was blocked, by itself or by another. */
  LOOP_BLOCKED,
  /** It could not be proven well. */
  UNPROVEN,
  /** Work waited, and none was done. */
  NO_PROGRESS,
  /** It says that its work is done. */
  FINISHED,
  /** Its own code gave it up (see {@link CrashReports#escalate}). */
  ESCALATED,
  /** One that it stands behind in a rest-for-one group was started anew. */
  SIBLING,
  /** A person asked for it. */
  OPERATOR
}
