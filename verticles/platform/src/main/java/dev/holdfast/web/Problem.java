package dev.holdfast.web;

import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.kernel.Unavailable;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * An error as a client sees it: problem+json of RFC 9457 with two members more, {@code code} and
 * {@code retryable}. It never carries internals: no class names, statements, versions or paths.
 *
 * @param status the HTTP status, 400 to 599
 * @param code stable, lower case with underscores, such as {@code out_of_stock}
 * @param detail one sentence for a person
 * @param retryable whether the same request, sent again later, may succeed
 * @param retryAfterSeconds how long to wait before that; 0 when nothing is known
 */
public record Problem(
    int status, String code, String detail, boolean retryable, int retryAfterSeconds) {

  public static final String MEDIA_TYPE = "application/problem+json";

  private static final int OUTAGE_WAIT_SECONDS = 1;

  public Problem {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(detail, "detail");
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("a problem's status is 400 to 599, got " + status);
    }
  }

  /** A problem that does not go away by asking again. */
  public static Problem of(int status, String code, String detail) {
    return new Problem(status, code, detail, false, 0);
  }

  /** 400: the request can't be understood. */
  public static Problem badRequest(String code, String detail) {
    return of(400, code, detail);
  }

  /**
   * 503: not now, and nothing was begun.
   *
   * @param wait rounded up to whole seconds, at least one
   */
  public static Problem unavailable(String code, String detail, Duration wait) {
    long seconds = Math.max(OUTAGE_WAIT_SECONDS, (wait.toMillis() + 999) / 1000);
    return new Problem(503, code, detail, true, Math.toIntExact(seconds));
  }

  /** What there is to say about a bare status. */
  public static Problem ofStatus(int status) {
    HttpResponseStatus known = HttpResponseStatus.valueOf(status);
    String code = known.reasonPhrase().toLowerCase(Locale.ROOT).replaceAll("\\W+", "_");
    boolean retryable = status == 408 || status == 429 || status == 503 || status == 504;
    int wait = retryable ? OUTAGE_WAIT_SECONDS : 0;
    return new Problem(status, code, known.reasonPhrase() + ".", retryable, wait);
  }

  /** A refusal: 409, 422 or 404. */
  public static Problem of(Refusal refusal) {
    int status =
        switch (refusal.kind()) {
          case CONFLICT -> 409;
          case INVALID -> 422;
          case NOT_FOUND -> 404;
        };
    return of(status, refusal.code(), refusal.message());
  }

  /**
   * An outage: 504 when a deadline passed, else 503. Its message is for operators and stays here.
   */
  public static Problem of(Unavailable outage) {
    boolean late = outage.code().equals(Unavailable.DEADLINE_PASSED);
    String detail =
        late
            ? "No answer came in time; whether it took effect is not known. Ask again with the"
                + " same key."
            : "This can't be answered right now. Ask again later with the same key.";
    return new Problem(late ? 504 : 503, outage.code(), detail, true, OUTAGE_WAIT_SECONDS);
  }

  /** The command waits among the dead letters. */
  public static Problem parked() {
    return of(409, "parked", "This waits for an operator; it will be taken up again by itself.");
  }

  /** 500: a bug, logged under the given id. */
  public static Problem internal(String logId) {
    return of(500, "internal", "Something went wrong here. It was logged as " + logId + ".");
  }

  /** The problem that a failure stands for; empty when it is a bug. */
  public static Optional<Problem> known(Throwable failure) {
    if (failure instanceof ProblemException problem) {
      return Optional.of(problem.problem());
    }
    if (failure instanceof Unavailable outage) {
      return Optional.of(of(outage));
    }
    return failure instanceof Parked ? Optional.of(parked()) : Optional.empty();
  }

  /** As it goes over the wire. */
  public JsonObject toJson() {
    return new JsonObject()
        .put("type", "urn:holdfast:problem:" + code)
        .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
        .put("status", status)
        .put("detail", detail)
        .put("code", code)
        .put("retryable", retryable);
  }

  /** Answers with it; headers that were set before stay. */
  public Future<Void> send(HttpServerResponse response) {
    response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
    if (retryAfterSeconds > 0) {
      response.putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfterSeconds));
    }
    return response.end(toJson().toBuffer());
  }

  /** As a failure of a future or a route. */
  public ProblemException asException() {
    return new ProblemException(this);
  }
}
