package dev.holdfast.web;

import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.HttpMeters;
import io.vertx.core.Handler;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** Counts and times requests; stands first on a route. */
public final class Measured {
  /** What is counted when the client went away before the answer. */
  private static final int CLIENT_GONE = 499;

  private static final String KEY = "holdfast.route";

  private static final String STREAM = "holdfast.stream";

  private static final Set<String> SCRAPED = Set.of("/metrics", "/metrics/json");

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private Measured() {}

  /**
   * Counts the requests of one route.
   *
   * @param route the route's own series, resolved once
   */
  public static Handler<RoutingContext> as(HttpMeters.Route route, Clock clock) {
    return context -> {
      context.put(KEY, route.template());
      long begun = clock.nanoTime();
      context.addEndHandler(
          end -> {
            int status = end.succeeded() ? context.response().getStatusCode() : CLIENT_GONE;
            route.answered(status, clock.nanoTime() - begun);
            route.carried(context.request().bytesRead(), context.response().bytesWritten());
          });
      context.next();
    };
  }

  /**
   * Counts the requests of a whole router, each under the path of the route that answered it;
   * stands first in it. Scrapes are not counted.
   */
  public static Handler<RoutingContext> each(HttpMeters meters, Clock clock) {
    return context -> {
      long begun = clock.nanoTime();
      context.addEndHandler(
          end -> {
            String path = pathOf(context.currentRoute());
            if (!SCRAPED.contains(path)) {
              String template = methodOf(context) + " " + path;
              HttpMeters.Route route = meters.route(template);
              Long until = context.get(STREAM);
              route.answered(
                  end.succeeded() || until != null
                      ? context.response().getStatusCode()
                      : CLIENT_GONE,
                  (until == null ? clock.nanoTime() : until) - begun);
              route.carried(context.request().bytesRead(), context.response().bytesWritten());
            }
          });
      context.next();
    };
  }

  /** The answer is a stream that goes on: its time counts until now, and its end is no failure. */
  static void streams(RoutingContext context, Clock clock) {
    context.put(STREAM, clock.nanoTime());
  }

  /** Clients may make up methods, but no series. */
  private static String methodOf(RoutingContext context) {
    String name = context.request().method().name();
    return METHODS.contains(name) ? name : "OTHER";
  }

  private static String pathOf(Route answered) {
    return answered == null || answered.getPath() == null ? "other" : answered.getPath();
  }

  /**
   * Names the requests of a route that is not counted by itself.
   *
   * @param template such as {@code GET /runs/:id}
   */
  public static Handler<RoutingContext> named(String template) {
    return context -> {
      context.put(KEY, template);
      context.next();
    };
  }

  /** The template of the request's route, for logs: a path may carry what must not be logged. */
  static String of(RoutingContext context) {
    String template = context.get(KEY);
    return template == null ? "a route without a name" : template;
  }
}
