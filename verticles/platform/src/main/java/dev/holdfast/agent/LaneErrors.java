package dev.holdfast.agent;

import static dev.holdfast.kernel.ErrorCategory.DATABASE;

import dev.holdfast.kernel.ErrorCode;
import dev.holdfast.kernel.ErrorCodes;
import dev.holdfast.kernel.ErrorRecovery;
import dev.holdfast.kernel.ErrorSeverity;
import java.util.List;

/** The outages that lanes make of failed transactions. */
public final class LaneErrors implements ErrorCodes {
  /** The code of a transaction whose reruns did not help. */
  static final String CONTENDED = "contended";

  /** The code of a transaction that failed for no reason that the driver names. */
  static final String DATABASE_FAILED = "database_failed";

  @Override
  public List<ErrorCode> codes() {
    return List.of(
        ErrorCode.outage(
            CONTENDED,
            DATABASE,
            ErrorSeverity.MEDIUM,
            ErrorRecovery.RETRY,
            "A transaction was run again three times and others were always quicker."),
        ErrorCode.outage(
            DATABASE_FAILED,
            DATABASE,
            ErrorSeverity.MEDIUM,
            ErrorRecovery.RETRY,
            "A transaction failed, and no command of it is to blame."));
  }
}
