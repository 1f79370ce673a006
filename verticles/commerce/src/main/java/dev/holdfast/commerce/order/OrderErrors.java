package dev.holdfast.commerce.order;

import dev.holdfast.kernel.ErrorCategory;
import dev.holdfast.kernel.ErrorCode;
import dev.holdfast.kernel.ErrorCodes;
import dev.holdfast.kernel.ErrorRecovery;
import dev.holdfast.kernel.ErrorSeverity;
import java.util.List;

/** The outages that the order agent makes by itself. */
public final class OrderErrors implements ErrorCodes {
  /** The code of a claim that was written while the order's lines were being locked. */
  static final String CLAIM_MOVED = "claim_moved";

  @Override
  public List<ErrorCode> codes() {
    return List.of(
        ErrorCode.outage(
            CLAIM_MOVED,
            ErrorCategory.DATABASE,
            ErrorSeverity.LOW,
            ErrorRecovery.RETRY,
            "A return's claim was written by another node just now."));
  }
}
