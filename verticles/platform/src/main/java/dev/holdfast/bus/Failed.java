package dev.holdfast.bus;

import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.kernel.Unavailable;

/**
 * What travels over the bus in place of an exception.
 *
 * @param kind which exception it stands for
 * @param code the outage's or refusal's code; null for a bug
 * @param message for operators
 * @param refusal of a query, else null
 * @param cause the exception itself, so that a bug can be found; null when it came from elsewhere
 */
public record Failed(Kind kind, String code, String message, Refusal refusal, Throwable cause) {

  /** Which exception a failure stands for. */
  public enum Kind {
    UNAVAILABLE,
    PARKED,
    REFUSED,
    BUG
  }

  /** The failure that stands for an exception. */
  public static Failed of(Throwable cause) {
    return switch (cause) {
      case Unavailable outage ->
          new Failed(Kind.UNAVAILABLE, outage.code(), outage.getMessage(), null, outage);
      case Parked parked -> new Failed(Kind.PARKED, "parked", parked.getMessage(), null, parked);
      case QueryRefused refused ->
          new Failed(
              Kind.REFUSED, refused.why().code(), refused.getMessage(), refused.why(), refused);
      default -> new Failed(Kind.BUG, null, cause.toString(), null, cause);
    };
  }

  /** The exception that it stands for. */
  public RuntimeException toException() {
    return switch (kind) {
      case UNAVAILABLE -> new Unavailable(code, message);
      case PARKED -> new Parked(message);
      case REFUSED -> new QueryRefused(refusal);
      case BUG -> new IllegalStateException(message, cause);
    };
  }
}
