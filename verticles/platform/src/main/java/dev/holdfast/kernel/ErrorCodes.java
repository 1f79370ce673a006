package dev.holdfast.kernel;

import java.util.List;
import java.util.Optional;

/** What one room contributes to the table of errors: its codes, and what its exceptions are. */
public interface ErrorCodes {
  /** The codes that this room makes, in the order in which documents show them. */
  List<ErrorCode> codes();

  /**
   * What a failure is, judged by its type, SQLSTATE or status and never by words; empty when it is
   * none of this room's. {@link Unavailable} is found by its code, and need not be judged here.
   */
  default Optional<ErrorCode> of(Throwable failure) {
    return Optional.empty();
  }
}
