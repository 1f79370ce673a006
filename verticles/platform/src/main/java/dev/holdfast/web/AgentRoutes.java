package dev.holdfast.web;

import dev.holdfast.errors.ErrorReports;
import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.AlertSource;
import dev.holdfast.telemetry.HealthSource;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/**
 * All that one agent's listener answers: its health, its metrics and its alerts, eight routes in
 * all, each counted and timed but for scrapes, with one end for whatever fails. All are answered
 * from memory and outlive the agent's instances.
 *
 * @param reports told of what failed, under the agent's name
 */
public record AgentRoutes(Meters meters, AlertSource alerts, ErrorReports reports, Clock clock) {

  /** A router with the routes of one agent, for the calling context. */
  public Router of(String agent, HealthSource health, Vertx vertx) {
    Router router = Router.router(vertx);
    new Failures(agent, reports).of(router);
    router.route().handler(Measured.each(meters.http(agent), clock));
    new HealthRoutes(health, alerts).on(router);
    new MetricsRoutes(health, meters, clock).on(router);
    new AlertRoutes(agent, alerts).on(router);
    return router;
  }
}
