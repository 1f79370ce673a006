package dev.holdfast.web;

import dev.holdfast.telemetry.AlertSource;
import dev.holdfast.telemetry.AlertView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;

/** The alerts about one agent (E-116, E-117): those that are on, and those that were. */
final class AlertRoutes {
  private static final int USUAL = 100;

  private final String agent;
  private final AlertSource alerts;

  AlertRoutes(String agent, AlertSource alerts) {
    this.agent = agent;
    this.alerts = alerts;
  }

  void on(Router router) {
    router.get("/alerts").handler(this::active);
    router.get("/alerts/history").handler(this::history);
  }

  private void active(RoutingContext context) {
    String severity = context.request().getParam("severity");
    answer(
        context,
        alerts.active(agent).stream()
            .filter(alert -> severity == null || alert.severity().equals(severity))
            .toList());
  }

  private void history(RoutingContext context) {
    int limit = JsonAnswer.limit(context, USUAL, AlertSource.HISTORY_MAX);
    answer(context, alerts.history(agent, limit));
  }

  private void answer(RoutingContext context, List<AlertView> found) {
    JsonAnswer.send(
        context,
        200,
        new JsonObject()
            .put("agent_id", agent)
            .put("count", found.size())
            .put("alerts", shown(found)));
  }

  /** As clients see them. */
  static JsonArray shown(List<AlertView> alerts) {
    JsonArray shown = new JsonArray();
    alerts.forEach(alert -> shown.add(shown(alert)));
    return shown;
  }

  private static JsonObject shown(AlertView alert) {
    JsonObject metadata = new JsonObject();
    alert.metadata().forEach(metadata::put);
    return new JsonObject()
        .put("name", alert.name())
        .put("fingerprint", alert.fingerprint())
        .put("severity", alert.severity())
        .put("message", alert.message())
        .put("metadata", metadata)
        .put("count", alert.count())
        .put("timestamp", alert.firstSeen().toString())
        .put("last_seen", alert.lastSeen().toString())
        .put("resolved", alert.resolvedAt().isPresent())
        .put("resolved_at", alert.resolvedAt().map(Instant::toString).orElse(null));
  }
}
