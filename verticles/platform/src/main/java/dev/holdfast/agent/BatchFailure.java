package dev.holdfast.agent;

import dev.holdfast.agent.Batch.Overtaken;
import dev.holdfast.agent.Batch.Poisoned;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.OutageCodes;
import dev.holdfast.postgres.SqlState;
import dev.holdfast.telemetry.LaneMeters.RerunCause;
import java.util.Set;

/** Whose fault a failed transaction is, by the kind of its failure and never by words. */
enum BatchFailure {
  /** The database can't be had: told to the askers, who come again. */
  OUTAGE,
  /**
   * Nobody's fault, and the same batch may pass: deadlock, another node was quicker, also with what
   * is to be undone, unknown end.
   */
  RERUN,
  /** A command broke the agent's code. */
  BUG;

  private static final Set<String> TIMEOUTS =
      Set.of(Unavailable.DEADLINE_PASSED, OutageCodes.LOCK_TIMEOUT, OutageCodes.STATEMENT_TIMEOUT);

  static BatchFailure of(Throwable cause) {
    if (cause instanceof Poisoned) {
      return BUG;
    }
    if (cause instanceof Unavailable outage) {
      return outage.code().equals(OutageCodes.COMMIT_UNKNOWN)
              || outage.code().equals(OutageCodes.CONNECTION_LOST)
          ? RERUN
          : OUTAGE;
    }
    return SqlState.isSerializationFailure(cause)
            || SqlState.isDeadlock(cause)
            || isUniqueViolation(cause)
            || cause instanceof Overtaken
        ? RERUN
        : BUG;
  }

  static boolean isOutage(Throwable cause) {
    return of(cause) == OUTAGE;
  }

  /** Whether the database is there and something took too long. */
  static boolean isTimeout(Throwable cause) {
    return cause instanceof Unavailable outage && TIMEOUTS.contains(outage.code());
  }

  static RerunCause rerunCause(Throwable cause) {
    if (SqlState.isDeadlock(cause)) {
      return RerunCause.DEADLOCK;
    }
    if (cause instanceof Overtaken) {
      return RerunCause.OVERTAKEN;
    }
    if (SqlState.isSerializationFailure(cause)) {
      return RerunCause.SERIALIZATION;
    }
    return isUniqueViolation(cause) ? RerunCause.DUPLICATE_REPLY : RerunCause.UNKNOWN_COMMIT;
  }

  static boolean isUniqueViolation(Throwable cause) {
    return SqlState.isUniqueViolation(cause);
  }

  /**
   * What askers hear when a batch was run again in vain: an outage by its own name, so that they
   * know whether they have to do with the database, and anything else as contention.
   */
  static Unavailable afterReruns(Throwable cause) {
    return cause instanceof Unavailable outage
        ? outage
        : new Unavailable(LaneErrors.CONTENDED, "reruns did not help", cause);
  }

  static Unavailable asOutage(Throwable cause) {
    return cause instanceof Unavailable outage
        ? outage
        : new Unavailable(LaneErrors.DATABASE_FAILED, "the transaction failed", cause);
  }
}
