package dev.holdfast.web;

import dev.holdfast.telemetry.AgentHealth;
import dev.holdfast.telemetry.AlertSource;
import dev.holdfast.telemetry.DependencyHealth;
import dev.holdfast.telemetry.HealthSource;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The health routes of one agent (E-103 … E-108). All are answered from memory. {@code /health}
 * says that the process serves; it never depends on PostgreSQL, Kafka or the agent, so that an
 * outage restarts nobody. {@code /health/ready} is 503 while work should go elsewhere. {@code
 * /health/detailed} says what it leans on, and {@code /status} whatever there is to say.
 */
final class HealthRoutes {
  private final HealthSource source;
  private final AlertSource alerts;

  HealthRoutes(HealthSource source, AlertSource alerts) {
    this.source = source;
    this.alerts = alerts;
  }

  void on(Router router) {
    router.get("/health").handler(this::alive);
    router.get("/health/ready").handler(this::ready);
    router.get("/health/detailed").handler(this::detailed);
    router.get("/status").handler(this::status);
  }

  private void alive(RoutingContext context) {
    AgentHealth health = source.health();
    JsonAnswer.send(
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
    JsonAnswer.send(context, health.ready() ? 200 : 503, body);
  }

  private void detailed(RoutingContext context) {
    JsonAnswer.send(context, 200, detailed(source.health()));
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
    JsonObject features = new JsonObject();
    health.features().forEach(features::put);
    body.put("features", features);
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
    body.put("alerts", AlertRoutes.shown(alerts.active(health.agent())));
    JsonAnswer.send(context, 200, body);
  }
}
