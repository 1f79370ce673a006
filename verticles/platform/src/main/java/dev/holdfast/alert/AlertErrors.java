package dev.holdfast.alert;

import dev.holdfast.kernel.ErrorCategory;
import dev.holdfast.kernel.ErrorCode;
import dev.holdfast.kernel.ErrorCodes;
import dev.holdfast.kernel.ErrorRecovery;
import dev.holdfast.kernel.ErrorSeverity;
import java.util.List;

/** The outages of the receivers of alerts. */
public final class AlertErrors implements ErrorCodes {
  /** The code of a receiver that does not answer, or answers that it can't. */
  public static final String RECEIVER_AWAY = "alert_receiver_away";

  @Override
  public List<ErrorCode> codes() {
    return List.of(
        ErrorCode.outage(
            RECEIVER_AWAY,
            ErrorCategory.EXTERNAL_API,
            ErrorSeverity.MEDIUM,
            ErrorRecovery.RETRY,
            "A receiver of alerts does not answer, or answers that it can't; it is told again"
                + " later."));
  }
}
