package dev.holdfast.journal;

import dev.holdfast.kernel.ErrorCategory;
import dev.holdfast.kernel.ErrorCode;
import dev.holdfast.kernel.ErrorCodes;
import dev.holdfast.kernel.ErrorRecovery;
import dev.holdfast.kernel.ErrorSeverity;
import java.util.List;

/** The outages of the journal. */
public final class JournalErrors implements ErrorCodes {
  /** The code of a journal that takes no intents. */
  public static final String DOWN = "journal_down";

  /** The code of an intent of an agent that may not use the journal. */
  public static final String OFF = "journal_off";

  @Override
  public List<ErrorCode> codes() {
    return List.of(
        ErrorCode.outage(
            DOWN,
            ErrorCategory.DATABASE,
            ErrorSeverity.HIGH,
            ErrorRecovery.DEGRADE,
            "The journal takes no intents: it is full, damaged, or its folder can't be used."),
        ErrorCode.outage(
            OFF,
            ErrorCategory.CONFIGURATION,
            ErrorSeverity.MEDIUM,
            ErrorRecovery.DEGRADE,
            "The agent may not use the journal."));
  }
}
