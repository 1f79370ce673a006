package dev.holdfast.web;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.DerivedId;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of every request that failed: it is answered with problem+json, and a bug is logged under
 * an id that the answer names.
 */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final AtomicLong logged = new AtomicLong();
  private final long origin;
  private final Function<Throwable, Optional<Problem>> known;

  public Failures(Clock clock) {
    this(clock, failure -> Optional.empty());
  }

  /**
   * @param clock gives log ids an origin of their own in each process
   * @param more problems that other failures stand for, such as those of a contract's validator;
   *     asked when the failure is none of ours
   */
  public Failures(Clock clock, Function<Throwable, Optional<Problem>> more) {
    this.origin = clock.nanoTime();
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
    Problem problem = problem(context);
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
    int status = context.statusCode();
    return known.apply(failure).orElseGet(() -> problem(context, failure, status));
  }

  private Problem problem(RoutingContext context, Throwable failure, int status) {
    if (failure instanceof HttpException bare && bare.getStatusCode() != 500) {
      return Problem.ofStatus(bare.getStatusCode());
    }
    if (status >= 400 && status != 500) {
      return Problem.ofStatus(status);
    }
    return bug(context, failure);
  }

  private Problem bug(RoutingContext context, Throwable failure) {
    String id = DerivedId.of("log", origin, logged.incrementAndGet()).toString().replace("-", "");
    String shortId = id.substring(0, 12);
    LOG.error(
        "{}: {} {} failed", shortId, context.request().method(), Measured.of(context), failure);
    return Problem.internal(shortId);
  }
}
