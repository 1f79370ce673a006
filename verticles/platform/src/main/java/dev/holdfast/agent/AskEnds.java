package dev.holdfast.agent;

import dev.holdfast.bus.QueryRefused;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.telemetry.AskMeters.End;

/** How asks end, as the meters see it. */
final class AskEnds {
  private AskEnds() {}

  /**
   * A refusal is an answer.
   *
   * @param failure null when it was answered
   */
  static End of(Throwable failure) {
    if (failure == null || failure instanceof QueryRefused) {
      return End.SUCCESS;
    }
    return failure instanceof Unavailable outage
            && outage.code().equals(Unavailable.DEADLINE_PASSED)
        ? End.TIMEOUT
        : End.ERROR;
  }
}
