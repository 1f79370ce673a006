package dev.holdfast.agent;

import dev.holdfast.agent.Batch.Poisoned;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.SqlState;

/** Whose fault a failed transaction is, by the kind of its failure and never by words. */
enum BatchFailure {
  /** The database can't be had: told to the askers, who come again. */
  OUTAGE,
  /** Nobody's fault, and the same batch may pass: deadlock, another node was quicker, unknown end. */
  RERUN,
  /** A command broke the agent's code. */
  BUG;

  static BatchFailure of(Throwable cause) {
    if (cause instanceof Poisoned) {
      return BUG;
    }
    if (cause instanceof Unavailable outage) {
      return outage.code().equals("commit_unknown") || outage.code().equals("connection_lost")
          ? RERUN
          : OUTAGE;
    }
    return SqlState.isSerializationFailure(cause)
            || SqlState.isDeadlock(cause)
            || isUniqueViolation(cause)
        ? RERUN
        : BUG;
  }

  static boolean isUniqueViolation(Throwable cause) {
    return SqlState.isUniqueViolation(cause);
  }

  static Unavailable asOutage(Throwable cause) {
    return cause instanceof Unavailable outage
        ? outage
        : new Unavailable("database_failed", "the transaction failed", cause);
  }
}
