package dev.holdfast.errors;

import dev.holdfast.kernel.ErrorCategory;
import dev.holdfast.kernel.ErrorCode;
import dev.holdfast.kernel.ErrorCodes;
import dev.holdfast.kernel.ErrorRecovery;
import dev.holdfast.kernel.ErrorSeverity;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Unavailable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Errors that belong to no room: those of the kernel and of Java. */
final class CommonErrors implements ErrorCodes {
  static final ErrorCode INTERNAL =
      ErrorCode.bug(
          "internal",
          ErrorCategory.UNKNOWN,
          ErrorSeverity.HIGH,
          "An unexpected exception or a broken invariant.");

  static final ErrorCode UNAVAILABLE =
      ErrorCode.outage(
          "unavailable",
          ErrorCategory.UNKNOWN,
          ErrorSeverity.MEDIUM,
          ErrorRecovery.RETRY,
          "An outage under a code that the table does not have.");

  private static final ErrorCode DEADLINE_PASSED =
      ErrorCode.outage(
          Unavailable.DEADLINE_PASSED,
          ErrorCategory.NETWORK,
          ErrorSeverity.MEDIUM,
          ErrorRecovery.RETRY,
          "No answer came in time; whether it took effect is not known.");

  private static final ErrorCode OVERLOADED =
      ErrorCode.outage(
          "overloaded",
          ErrorCategory.NETWORK,
          ErrorSeverity.MEDIUM,
          ErrorRecovery.RETRY,
          "A named limit was reached before any work was done.");

  private static final ErrorCode NETWORK_FAILED =
      ErrorCode.outage(
          "network_failed",
          ErrorCategory.NETWORK,
          ErrorSeverity.MEDIUM,
          ErrorRecovery.RETRY,
          "A connection could not be made or broke.");

  private static final ErrorCode PARKED =
      ErrorCode.refusal(
          "parked",
          ErrorCategory.BUSINESS_LOGIC,
          "It lies among the dead letters until an operator decides.");

  private static final ErrorCode FILE_UNUSABLE =
      ErrorCode.bug(
          "file_unusable",
          ErrorCategory.CONFIGURATION,
          ErrorSeverity.HIGH,
          "A file or folder is not there, or may not be read or written.");

  private static final ErrorCode PROCESS_FAILING =
      ErrorCode.bug(
          "process_failing",
          ErrorCategory.UNKNOWN,
          ErrorSeverity.CRITICAL,
          "The process is out of memory or stack, or lacks a class.");

  @Override
  public List<ErrorCode> codes() {
    return List.of(
        DEADLINE_PASSED,
        OVERLOADED,
        NETWORK_FAILED,
        UNAVAILABLE,
        PARKED,
        FILE_UNUSABLE,
        PROCESS_FAILING,
        INTERNAL);
  }

  @Override
  public Optional<ErrorCode> of(Throwable failure) {
    return Optional.ofNullable(
        switch (failure) {
          case Parked parked -> PARKED;
          case TimeoutException late -> DEADLINE_PASSED;
          case FileSystemException file -> FILE_UNUSABLE;
          case IOException broken -> NETWORK_FAILED;
          case VirtualMachineError failing -> PROCESS_FAILING;
          case LinkageError failing -> PROCESS_FAILING;
          default -> null;
        });
  }
}
