package dev.holdfast.kernel;

import java.util.Objects;

/**
 * Why a command was refused. A refusal is an answer for the requester, not a failure of anything.
 *
 * @param kind how a requester should take it
 * @param code stable, lower case with underscores, such as {@code out_of_stock}
 * @param message one sentence for a person; no internals, no personal data
 */
public record Refusal(Kind kind, String code, String message) {
  /** The code under which a forward command finds that it was taken back before it came. */
  public static final String VOIDED = "voided";

  /** How a requester should take a refusal. */
  public enum Kind {
    /** The state of things does not allow it: HTTP 409. */
    CONFLICT,
    /** The request can never be right: HTTP 422. */
    INVALID,
    /** It names something that is not there: HTTP 404. */
    NOT_FOUND
  }

  public Refusal {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
  }

  public static Refusal conflict(String code, String message) {
    return new Refusal(Kind.CONFLICT, code, message);
  }

  public static Refusal invalid(String code, String message) {
    return new Refusal(Kind.INVALID, code, message);
  }

  public static Refusal notFound(String code, String message) {
    return new Refusal(Kind.NOT_FOUND, code, message);
  }

  /** The command was taken back before it came; it must not take effect any more. */
  public static Refusal voided() {
    return Refusal.conflict(VOIDED, "It was taken back before it took effect.");
  }
}
