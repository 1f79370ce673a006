package dev.holdfast.agent;

import static dev.holdfast.kernel.ErrorCategory.DATABASE;
import static dev.holdfast.kernel.ErrorCategory.NETWORK;

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

  /** The code of commands whose lane left a blocked event loop. */
  static final String LANE_LEFT = "lane_left";

  /** The code of a command whose dead letter was closed while it came again. */
  static final String LETTER_CLOSED = "letter_closed";

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
            "A transaction failed, and no command of it is to blame."),
        ErrorCode.outage(
            LANE_LEFT,
            NETWORK,
            ErrorSeverity.MEDIUM,
            ErrorRecovery.RETRY,
            "The lane left an event loop that was blocked."),
        ErrorCode.outage(
            LETTER_CLOSED,
            NETWORK,
            ErrorSeverity.LOW,
            ErrorRecovery.RETRY,
            "The command's dead letter was closed meanwhile: it has a reply."));
  }
}
