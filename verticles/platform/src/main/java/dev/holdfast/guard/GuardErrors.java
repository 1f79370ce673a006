package dev.holdfast.guard;

import dev.holdfast.kernel.ErrorCategory;
import dev.holdfast.kernel.ErrorCode;
import dev.holdfast.kernel.ErrorCodes;
import dev.holdfast.kernel.ErrorRecovery;
import dev.holdfast.kernel.ErrorSeverity;
import java.util.List;

/** The errors that guards make by themselves. */
public final class GuardErrors implements ErrorCodes {
  @Override
  public List<ErrorCode> codes() {
    return List.of(
        ErrorCode.outage(
            Guard.CIRCUIT_OPEN,
            ErrorCategory.EXTERNAL_API,
            ErrorSeverity.HIGH,
            ErrorRecovery.DEGRADE,
            "What stands behind a guard failed too often and is left alone for a while."));
  }
}
