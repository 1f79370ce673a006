package dev.holdfast.web;

import dev.holdfast.trace.Fact;
import dev.holdfast.trace.Span;
import dev.holdfast.trace.Traces;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Requests as the beginning of a trace, or a part of the caller's. */
public final class Traced {
  private static final String HEADER = "traceparent";
  private static final String KEY = "holdfast.trace";

  /** What is told when the client went away before the answer. */
  private static final int CLIENT_GONE = 499;

  private static final int SERVER_ERROR = 500;

  private Traced() {}

  /**
   * Sees the requests of one route. A header {@code traceparent} decides whether they are seen; it
   * is taken from anybody, because a trace costs what a request costs a few times over at most.
   *
   * @param method of the route
   * @param path its template; a request's own path may carry what must not be told
   */
  public static Handler<RoutingContext> as(Traces traces, String method, String path) {
    String name = method + " " + path;
    return context -> {
      Span span = traces.request(context.request().getHeader(HEADER), name);
      if (span.isRecorded()) {
        span.with(Fact.METHOD, method).with(Fact.ROUTE, path);
        context.put(KEY, span);
        context.addEndHandler(
            end -> end(span, end.succeeded() ? context.response().getStatusCode() : CLIENT_GONE));
      }
      context.next();
    };
  }

  private static void end(Span span, int status) {
    span.with(Fact.STATUS, status);
    if (status >= SERVER_ERROR) {
      span.fail(Integer.toString(status));
    }
    span.end();
  }

  /** What a request is seen as; {@link Span#NONE} when it is not. */
  public static Span of(RoutingContext context) {
    Span span = context.get(KEY);
    return span == null ? Span.NONE : span;
  }
}
