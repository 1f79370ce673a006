package dev.holdfast.errors;

import java.io.Serial;

/**
 * An exception as a log may hold it: types and frames. Messages may hold personal data, such as the
 * values of a row that a constraint refused.
 */
final class Undressed extends Throwable {
  @Serial private static final long serialVersionUID = 1L;

  private static final int CAUSES = 5;

  private Undressed(Throwable failure, int depth) {
    super(failure.getClass().getName(), cause(failure, depth), false, true);
    setStackTrace(failure.getStackTrace());
  }

  static Undressed of(Throwable failure) {
    return new Undressed(failure, CAUSES);
  }

  private static Undressed cause(Throwable failure, int depth) {
    return failure.getCause() == null || depth == 0
        ? null
        : new Undressed(failure.getCause(), depth - 1);
  }
}
