package dev.holdfast.launcher.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;

/** The eight routes of every agent's listener, and the shape that each answer must have. */
final class AgentContract {
  private static final Set<String> STATUSES =
      Set.of("starting", "running", "degraded", "stopping", "stopped", "error", "maintenance");

  private static final Set<String> STATES =
      Set.of("connected", "degraded", "disconnected", "failed", "initializing");

  private final Asked asked;
  private final String agent;

  AgentContract(Asked asked, String agent) {
    this.asked = asked;
    this.agent = agent;
  }

  /**
   * Asks all eight and fails when an answer is not as it should be.
   *
   * @return the status that the agent gave
   */
  String check() throws Exception {
    health();
    ready();
    detailed(json("/health/detailed"));
    metrics();
    metricsJson();
    alerts("/alerts");
    alerts("/alerts/history?limit=100");
    return status();
  }

  private JsonObject json(String path) throws Exception {
    HttpResponse<String> answer = asked.get(agent, path);
    assertEquals(200, answer.statusCode(), agent + path + ": " + answer.body());
    return named(answer, path);
  }

  private JsonObject named(HttpResponse<String> answer, String path) {
    assertEquals(
        "application/json", answer.headers().firstValue("content-type").orElse(""), agent + path);
    JsonObject body = new JsonObject(answer.body());
    assertEquals(agent, body.getString("agent_id"), agent + path);
    return body;
  }

  private void health() throws Exception {
    JsonObject health = json("/health");
    assertEquals("alive", health.getString("status"));
    assertTrue(health.getLong("uptime_seconds") >= 0);
  }

  private void ready() throws Exception {
    HttpResponse<String> answer = asked.get(agent, "/health/ready");
    JsonObject ready = named(answer, "/health/ready");
    assertEquals(ready.getBoolean("ready") ? 200 : 503, answer.statusCode(), answer.body());
    assertTrue(STATUSES.contains(ready.getString("status")), answer.body());
    assertTrue(STATES.contains(ready.getString("database")), answer.body());
    assertTrue(STATES.contains(ready.getString("kafka")), answer.body());
    assertLevel(ready);
  }

  private static void assertLevel(JsonObject of) {
    int level = of.getInteger("level");
    assertTrue(level >= 0 && level <= 4, of.encode());
  }

  private static void detailed(JsonObject details) {
    String shown = details.encode();
    assertTrue(STATUSES.contains(details.getString("status")), shown);
    assertInstanceOf(Boolean.class, details.getValue("ready"), shown);
    assertInstanceOf(JsonArray.class, details.getValue("reasons"), shown);
    assertTrue(details.getLong("uptime_seconds") >= 0, shown);
    assertLevel(details);
    JsonObject database = details.getJsonObject("database");
    assertTrue(STATES.contains(database.getString("status")), shown);
    assertEquals("postgresql", database.getString("type"));
    JsonObject lanes = database.getJsonObject("pool").getJsonObject("lanes");
    for (String figure : List.of("size", "open", "in_use", "waiting", "cuts")) {
      assertTrue(lanes.getLong(figure) >= 0, figure + " of " + shown);
    }
    JsonObject kafka = details.getJsonObject("kafka");
    assertTrue(STATES.contains(kafka.getString("status")), shown);
    assertEquals(1, kafka.getJsonObject("topics").getJsonArray("says").size(), shown);
    assertInstanceOf(JsonArray.class, kafka.getJsonObject("topics").getValue("hears"), shown);
    assertTrue(kafka.getLong("consumer_lag") >= 0, shown);
    assertTrue(!details.getJsonObject("features").isEmpty(), shown);
    JsonObject metrics = details.getJsonObject("metrics");
    assertTrue(metrics.getLong("messages_processed") >= 0, shown);
    assertTrue(metrics.getLong("errors") >= 0, shown);
    assertTrue(metrics.containsKey("last_error"), shown);
  }

  private String status() throws Exception {
    JsonObject status = json("/status");
    detailed(status);
    assertTrue(status.getLong("restarts") >= 0, status.encode());
    assertTrue(status.getLong("waiting") >= 0, status.encode());
    assertInstanceOf(JsonArray.class, status.getValue("alerts"), status.encode());
    JsonObject degradation = status.getJsonObject("degradation");
    assertLevel(degradation);
    assertInstanceOf(String.class, degradation.getValue("mode"), status.encode());
    return status.getString("status");
  }

  private void metrics() throws Exception {
    HttpResponse<String> answer = asked.get(agent, "/metrics");
    assertEquals(200, answer.statusCode());
    assertTrue(
        answer.headers().firstValue("content-type").orElse("").startsWith("text/plain"), agent);
    for (String name : List.of("requests_total", "errors_total", "active_connections")) {
      assertTrue(
          answer.body().contains(name + "{agent_id=\"" + agent + "\"}"), agent + ": " + name);
    }
    assertTrue(answer.body().contains("request_duration_ms_bucket{agent_id=\"" + agent + "\""));
    assertTrue(answer.body().contains("holdfast_worker_health_status{"), agent);
    answer
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> assertTrue(line.contains("\"" + agent + "\""), line));
  }

  private void metricsJson() throws Exception {
    JsonObject metrics = json("/metrics/json");
    assertTrue(metrics.getLong("uptime_seconds") >= 0);
    assertInstanceOf(String.class, metrics.getValue("timestamp"));
    JsonObject duration = metrics.getJsonObject("metrics").getJsonObject("request_duration_ms");
    assertEquals("histogram", duration.getString("type"));
    JsonObject series = duration.getJsonArray("series").getJsonObject(0);
    for (String figure : List.of("count", "sum", "p50", "p95", "p99")) {
      assertTrue(series.containsKey(figure), agent + ": " + figure);
    }
  }

  private void alerts(String path) throws Exception {
    JsonObject alerts = json(path);
    assertEquals(alerts.getInteger("count"), alerts.getJsonArray("alerts").size(), path);
  }
}
