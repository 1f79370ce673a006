package dev.holdfast.kernel;

/**
 * An outage: a dependency did not answer, a limit was reached, a deadline passed. Whether the call
 * took effect may be unknown; asking again under the same id tells. Never recorded, never a reason
 * to restart an agent. Carries no stack trace, because it is expected.
 */
public final class Unavailable extends RuntimeException {
  /** The code of what was given up at its deadline. */
  public static final String DEADLINE_PASSED = "deadline_passed";

  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code stable, lower case with underscores, such as {@code deadline_passed}
   * @param message what was not available, for operators
   */
  public Unavailable(String code, String message) {
    this(code, message, null);
  }

  /** The same, with what was seen underneath. */
  public Unavailable(String code, String message, Throwable cause) {
    super(message, cause, false, false);
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** Nothing answered in time; the effect is unknown. */
  public static Unavailable deadlinePassed(String what) {
    return new Unavailable(DEADLINE_PASSED, what + " did not answer in time");
  }

  /** A named limit was reached before any work was done. */
  public static Unavailable overloaded(String what) {
    return new Unavailable("overloaded", what + " has as much work waiting as it may hold");
  }
}
