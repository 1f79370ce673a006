package dev.holdfast.bus;

import dev.holdfast.kernel.ErrorCategory;
import dev.holdfast.kernel.ErrorCode;
import dev.holdfast.kernel.ErrorCodes;
import dev.holdfast.kernel.ErrorRecovery;
import dev.holdfast.kernel.ErrorSeverity;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;
import java.util.Optional;

/** The errors of asking another agent. */
public final class BusErrors implements ErrorCodes {
  /** The code of an agent that is not running, or not in this process. */
  public static final String AGENT_AWAY = "agent_away";

  private static final ErrorCode AWAY =
      ErrorCode.outage(
          AGENT_AWAY,
          ErrorCategory.NETWORK,
          ErrorSeverity.HIGH,
          ErrorRecovery.RETRY,
          "The agent is not running, or not in this process.");

  @Override
  public List<ErrorCode> codes() {
    return List.of(AWAY);
  }

  @Override
  public Optional<ErrorCode> of(Throwable failure) {
    if (failure instanceof QueryRefused refused) {
      return Optional.of(ErrorCode.of(refused.why()));
    }
    return failure instanceof ReplyException reply
            && reply.failureType() == ReplyFailure.NO_HANDLERS
        ? Optional.of(AWAY)
        : Optional.empty();
  }
}
