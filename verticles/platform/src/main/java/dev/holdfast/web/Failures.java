package dev.holdfast.web;

import dev.holdfast.errors.ErrorReports;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.trace.Work;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Optional;
import java.util.function.Function;

/**
 * The end of every request that failed: it is told to the reports and answered with problem+json. A
 * bug is logged once, under an id that the answer names.
 */
public final class Failures {
  private final String agent;
  private final ErrorReports reports;
  private final Function<Throwable, Optional<Problem>> known;

  /**
   * @param agent whose listener this is, as reports name it
   */
  public Failures(String agent, ErrorReports reports) {
    this(agent, reports, failure -> Optional.empty());
  }

  /**
   * @param agent whose listener this is, as reports name it
   * @param more problems that other failures stand for, such as those of a contract's validator;
   *     asked when the failure is none of ours
   */
  public Failures(String agent, ErrorReports reports, Function<Throwable, Optional<Problem>> more) {
    this.agent = agent;
    this.reports = reports;
    this.known = failure -> Problem.known(failure).or(() -> more.apply(failure));
  }

  /** Takes all failures of the router, missing routes and methods included. */
  public void of(Router router) {
    // The router logs whatever reaches an error handler; expected problems must not.
    router.route().failureHandler(this::answer);
    for (int status = 400; status < 600; status++) {
      router.errorHandler(status, this::answer);
    }
  }

  private void answer(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (context.failure() instanceof HttpClosedException) {
      return;
    }
    Problem problem = Work.of(agent, Traced.of(context), null).call(() -> problem(context));
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      // Half an answer is out; the only honest end is a broken connection.
      context.request().connection().close();
      return;
    }
    problem.send(response);
  }

  private Problem problem(RoutingContext context) {
    Throwable failure = context.failure();
    return known
        .apply(failure)
        .or(() -> ofStatus(failure, context.statusCode()))
        .map(problem -> expected(context, failure, problem))
        .orElseGet(() -> bug(context, failure));
  }

  private static Optional<Problem> ofStatus(Throwable failure, int status) {
    if (failure instanceof HttpException bare && bare.getStatusCode() != 500) {
      return Optional.of(Problem.ofStatus(bare.getStatusCode()));
    }
    return status >= 400 && status != 500
        ? Optional.of(Problem.ofStatus(status))
        : Optional.empty();
  }

  private Problem expected(RoutingContext context, Throwable failure, Problem problem) {
    Throwable told = failure instanceof Unavailable ? failure : problem.asException();
    reports.report(agent, Measured.of(context), told);
    return problem;
  }

  private Problem bug(RoutingContext context, Throwable failure) {
    Throwable told = failure == null ? new IllegalStateException("no cause was given") : failure;
    return Problem.internal(reports.unhandled(agent, Measured.of(context), told).id());
  }
}
