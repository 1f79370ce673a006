package dev.holdfast.web;

import static dev.holdfast.kernel.ErrorCategory.BUSINESS_LOGIC;
import static dev.holdfast.kernel.ErrorCategory.NETWORK;
import static dev.holdfast.kernel.ErrorCategory.VALIDATION;

import dev.holdfast.kernel.ErrorCategory;
import dev.holdfast.kernel.ErrorCode;
import dev.holdfast.kernel.ErrorCodes;
import dev.holdfast.kernel.ErrorRecovery;
import dev.holdfast.kernel.ErrorSeverity;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.json.DecodeException;
import io.vertx.ext.web.handler.HttpException;
import java.util.List;
import java.util.Optional;

/** The errors of HTTP: problems by their status, and what a listener says by itself. */
public final class HttpErrors implements ErrorCodes {
  private static final ErrorCode CLIENT_GONE =
      ErrorCode.outage(
          "client_gone",
          NETWORK,
          ErrorSeverity.LOW,
          ErrorRecovery.RETRY,
          "The client left before its answer; it may ask again under its key.");

  private static final ErrorCode UNREADABLE_JSON =
      ErrorCode.bug(
          "unreadable_json",
          VALIDATION,
          ErrorSeverity.MEDIUM,
          "A stored or received text is no JSON of ours.");

  @Override
  public List<ErrorCode> codes() {
    return List.of(CLIENT_GONE, UNREADABLE_JSON);
  }

  @Override
  public Optional<ErrorCode> of(Throwable failure) {
    return switch (failure) {
      case ProblemException problem -> Optional.of(of(problem.problem()));
      case HttpClosedException gone -> Optional.of(CLIENT_GONE);
      case DecodeException unreadable -> Optional.of(UNREADABLE_JSON);
      case HttpException bare -> ofStatus(bare.getStatusCode());
      default -> Optional.empty();
    };
  }

  private static Optional<ErrorCode> ofStatus(int status) {
    return status < 400 || status == 500
        ? Optional.empty()
        : Optional.of(of(Problem.ofStatus(status)));
  }

  /** What a problem is: below 500 an answer for the client, else ours. */
  static ErrorCode of(Problem problem) {
    if (problem.status() < 500) {
      return ErrorCode.refusal(problem.code(), category(problem.status()), problem.detail());
    }
    return problem.status() == 500
        ? ErrorCode.bug(problem.code(), ErrorCategory.UNKNOWN, ErrorSeverity.HIGH, problem.detail())
        : ErrorCode.outage(
            problem.code(), NETWORK, ErrorSeverity.MEDIUM, ErrorRecovery.RETRY, problem.detail());
  }

  private static ErrorCategory category(int status) {
    return status == 404 || status == 409 || status == 412 ? BUSINESS_LOGIC : VALIDATION;
  }
}
