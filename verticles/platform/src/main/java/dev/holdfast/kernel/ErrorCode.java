package dev.holdfast.kernel;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A stable error code with everything that follows from it. The kind says whose the error is; the
 * rest refines that, and can't contradict it: an outage is never final, a refusal or a bug is never
 * asked again by itself.
 *
 * @param kind refusal, outage or bug
 * @param code stable, lower case with underscores, such as {@code commit_unknown}
 * @param category what it is about
 * @param severity how much it takes away
 * @param recovery what is done about it
 * @param meaning one sentence for documents
 */
public record ErrorCode(
    Kind kind,
    String code,
    ErrorCategory category,
    ErrorSeverity severity,
    ErrorRecovery recovery,
    String meaning) {
  private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9_]*");

  /** The three kinds of failure, each with an owner of its own. */
  public enum Kind {
    /** The requester's: an answer. */
    REFUSAL,
    /** The guard's and the level's: it passes. */
    OUTAGE,
    /** The message's that caused it, or the agent's. */
    BUG
  }

  public ErrorCode {
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(meaning, "meaning");
    if (!SHAPE.matcher(code).matches()) {
      throw new IllegalArgumentException("a code is lower case with underscores, got " + code);
    }
    if ((kind == Kind.OUTAGE) == (recovery == ErrorRecovery.FAIL)) {
      throw new IllegalArgumentException(code + ": outages alone are recovered from");
    }
  }

  /** An answer for the requester; low, because nothing is broken. */
  public static ErrorCode refusal(String code, ErrorCategory category, String meaning) {
    return new ErrorCode(
        Kind.REFUSAL, code, category, ErrorSeverity.LOW, ErrorRecovery.FAIL, meaning);
  }

  /** Something is away, late or full. */
  public static ErrorCode outage(
      String code,
      ErrorCategory category,
      ErrorSeverity severity,
      ErrorRecovery recovery,
      String meaning) {
    return new ErrorCode(Kind.OUTAGE, code, category, severity, recovery, meaning);
  }

  /** Something is wrong with code, a message or a setting. */
  public static ErrorCode bug(
      String code, ErrorCategory category, ErrorSeverity severity, String meaning) {
    return new ErrorCode(Kind.BUG, code, category, severity, ErrorRecovery.FAIL, meaning);
  }

  /** What a refusal is: a request that can never be right, or a state that does not allow it. */
  public static ErrorCode of(Refusal why) {
    ErrorCategory category =
        why.kind() == Refusal.Kind.INVALID
            ? ErrorCategory.VALIDATION
            : ErrorCategory.BUSINESS_LOGIC;
    return refusal(why.code(), category, why.message());
  }
}
