package dev.holdfast.commerce.partners;

import static dev.holdfast.kernel.ErrorCategory.DATABASE;
import static dev.holdfast.kernel.ErrorCategory.EXTERNAL_API;

import dev.holdfast.kernel.ErrorCode;
import dev.holdfast.kernel.ErrorCodes;
import dev.holdfast.kernel.ErrorRecovery;
import dev.holdfast.kernel.ErrorSeverity;
import java.util.List;

/** The errors of asking partners. */
public final class PartnerErrors implements ErrorCodes {
  /** The code of a partner that answered with an error of its own. */
  public static final String ERROR = "partner_error";

  /** The code of a partner to whom there is no way. */
  public static final String UNREACHABLE = "partner_unreachable";

  /** The code of a wish that every carrier left unanswered. */
  public static final String CARRIERS_SILENT = "carriers_silent";

  @Override
  public List<ErrorCode> codes() {
    return List.of(
        ErrorCode.outage(
            ERROR,
            EXTERNAL_API,
            ErrorSeverity.MEDIUM,
            ErrorRecovery.RETRY,
            "A partner answered with an error of its own."),
        ErrorCode.outage(
            UNREACHABLE,
            EXTERNAL_API,
            ErrorSeverity.HIGH,
            ErrorRecovery.FALLBACK,
            "There is no way to a partner: the next carrier is asked, a payment waits."),
        ErrorCode.outage(
            CARRIERS_SILENT,
            EXTERNAL_API,
            ErrorSeverity.HIGH,
            ErrorRecovery.RETRY,
            "No carrier made a label in time."),
        ErrorCode.outage(
            SimulatorOutage.CODE,
            DATABASE,
            ErrorSeverity.MEDIUM,
            ErrorRecovery.RETRY,
            "A simulator's own books can't be had; says nothing of the partner."));
  }
}
