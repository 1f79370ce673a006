package dev.holdfast.web;

import dev.holdfast.telemetry.AgentHealth;
import dev.holdfast.telemetry.DependencyHealth;
import dev.holdfast.telemetry.HealthSource;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/**
 * The health routes of one agent (E-103 … E-108, E-114). All are answered from memory. {@code
 * /health} says that the process serves; it never depends on PostgreSQL, Kafka or the agent, so
 * that an outage restarts nobody. {@code /health/ready} is 503 while work should go elsewhere.
 */
public final class HealthRoutes {
  static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final HealthSource source;
  private final Supplier<String> metrics;

  /**
   * @param metrics the agent's series in Prometheus' text format
   */
  public HealthRoutes(HealthSource source, Supplier<String> metrics) {
    this.source = source;
    this.metrics = metrics;
  }

  /** Adds the routes. */
  public void on(Router router) {
    router.get("/health").handler(this::alive);
    router.get("/health/ready").handler(this::ready);
    router.get("/health/detailed").handler(this::detailed);
    router.get("/status").handler(this::status);
    router.get("/metrics").handler(this::metrics);
  }

  private void alive(RoutingContext context) {
    AgentHealth health = source.health();
    send(
        context,
        200,
        new JsonObject()
            .put("status", "alive")
            .put("agent_id", health.agent())
            .put("uptime_seconds", health.uptime().toSeconds()));
  }

  private void ready(RoutingContext context) {
    AgentHealth health = source.health();
    JsonObject body =
        new JsonObject()
            .put("ready", health.ready())
            .put("agent_id", health.agent())
            .put("status", health.status().text())
            .put("level", health.level());
    for (DependencyHealth dependency : health.dependencies()) {
      body.put(dependency.name(), dependency.state().text());
    }
    send(context, health.ready() ? 200 : 503, body);
  }

  private void detailed(RoutingContext context) {
    send(context, 200, detailed(source.health()));
  }

  private static JsonObject detailed(AgentHealth health) {
    JsonObject body =
        new JsonObject()
            .put("agent_id", health.agent())
            .put("status", health.status().text())
            .put("ready", health.ready())
            .put("level", health.level())
            .put("reasons", new JsonArray(health.reasons()))
            .put("uptime_seconds", health.uptime().toSeconds());
    for (DependencyHealth dependency : health.dependencies()) {
      JsonObject facts = new JsonObject().put("status", dependency.state().text());
      dependency.facts().forEach(facts::put);
      body.put(dependency.name(), facts);
    }
    return body.put(
        "metrics",
        new JsonObject()
            .put("messages_processed", health.processed())
            .put("errors", health.errors())
            .put("last_error", health.lastError().orElse(null)));
  }

  private void status(RoutingContext context) {
    AgentHealth health = source.health();
    JsonObject body = detailed(health);
    health.facts().forEach(body::put);
    send(context, 200, body);
  }

  private void metrics(RoutingContext context) {
    context.response().putHeader(HttpHeaders.CONTENT_TYPE, METRICS_TYPE).end(metrics.get());
  }

  private static void send(RoutingContext context, int status, JsonObject body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(body.toBuffer());
  }
}
