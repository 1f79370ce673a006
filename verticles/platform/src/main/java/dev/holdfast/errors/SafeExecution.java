package dev.holdfast.errors;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Runs what its caller can do without. A failure is classified, logged, counted and told; the
 * caller gets the fallback. Not for work whose asker must learn that it failed.
 */
public final class SafeExecution {
  private final String agent;
  private final ErrorReports reports;

  /**
   * @param agent whose operations these are; one of few
   */
  public SafeExecution(String agent, ErrorReports reports) {
    this.agent = agent;
    this.reports = reports;
  }

  /**
   * Runs an operation.
   *
   * @param operation its name; one of few
   * @return what came of it, null in place of a value that failed; never fails
   */
  public <T> Future<Attempted<T>> run(String operation, Supplier<Future<T>> work) {
    return run(operation, null, work);
  }

  /**
   * Runs an operation; what the supplier throws is a failure of it.
   *
   * @param operation its name; one of few
   * @param fallback in place of the value
   * @return what came of it; never fails
   */
  public <T> Future<Attempted<T>> run(String operation, T fallback, Supplier<Future<T>> work) {
    return Future.succeededFuture(work)
        .compose(Supplier::get)
        .transform(end -> Future.succeededFuture(attempted(operation, fallback, end)));
  }

  /**
   * Calls something that answers at once.
   *
   * @param operation its name; one of few
   * @param fallback in place of the value
   */
  public <T> Attempted<T> call(String operation, T fallback, Callable<T> work) {
    try {
      return Attempted.done(work.call());
    } catch (Exception failure) {
      return Attempted.failed(fallback, reports.report(agent, operation, failure));
    }
  }

  private <T> Attempted<T> attempted(String operation, T fallback, AsyncResult<T> end) {
    return end.succeeded()
        ? Attempted.done(end.result())
        : Attempted.failed(fallback, reports.report(agent, operation, end.cause()));
  }
}
