package dev.holdfast.web;

import dev.holdfast.kernel.Clock;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Live events over HTTP (E-107, E-120): they are posted, read, and told over a WebSocket. A client
 * that does not keep up misses events instead of holding them up; it sees a gap in their ids.
 */
public final class ObservabilityRoutes {
  private static final int RECENT = 100;

  private final LiveEvents events;
  private final Tokens tokens;
  private final Clock clock;
  private final Supplier<String> metrics;
  private final long begun;

  /**
   * @param metrics the listener's series in Prometheus' text format
   */
  public ObservabilityRoutes(
      LiveEvents events, Tokens tokens, Clock clock, Supplier<String> metrics) {
    this.events = events;
    this.tokens = tokens;
    this.clock = clock;
    this.metrics = metrics;
    this.begun = clock.nanoTime();
  }

  /** Adds the routes. Health and metrics ask for no token; events are for admins and agents. */
  public void on(Router router) {
    router.get("/health").handler(this::health);
    router.get("/metrics").handler(this::metrics);
    router
        .route("/events*")
        .handler(Authentication.bearer(tokens))
        .handler(Authentication.only(Role.ADMIN, Role.AGENT));
    router
        .post("/events")
        .handler(HttpLimits.DEFAULTS.bodies())
        .handler(new JsonBody(JsonLimits.DEFAULTS).reader())
        .handler(context -> send(context, 201, events.post(JsonBody.of(context)).toJson()));
    router.get("/events/recent").handler(this::recent);
    router.get("/events/filter-options").handler(this::options);
    router.get("/events/stream").handler(this::stream);
  }

  private void health(RoutingContext context) {
    send(
        context,
        200,
        new JsonObject()
            .put("status", "healthy")
            .put("uptime_seconds", (clock.nanoTime() - begun) / 1_000_000_000)
            .put("websocket_clients", events.meters().openNow())
            .put("events_received", events.meters().receivedSoFar())
            .put("timestamp", clock.now().toString()));
  }

  private void metrics(RoutingContext context) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, HealthRoutes.METRICS_TYPE)
        .end(metrics.get());
  }

  private void recent(RoutingContext context) {
    JsonArray all = new JsonArray();
    events.recent(limit(context)).forEach(event -> all.add(event.toJson()));
    send(context, 200, new JsonObject().put("events", all));
  }

  private static int limit(RoutingContext context) {
    String given = context.request().getParam("limit");
    if (given == null) {
      return RECENT;
    }
    if (given.matches("[1-9]\\d{0,3}") && Integer.parseInt(given) <= LiveEvents.KEPT) {
      return Integer.parseInt(given);
    }
    throw Problem.badRequest("invalid_limit", "limit must be 1 to " + LiveEvents.KEPT + ".")
        .asException();
  }

  private void options(RoutingContext context) {
    send(
        context,
        200,
        new JsonObject()
            .put("source_apps", array(events.values(LiveEvent::app)))
            .put("session_ids", array(events.values(LiveEvent::session)))
            .put("hook_event_types", array(events.values(LiveEvent::type))));
  }

  private static JsonArray array(Set<String> values) {
    JsonArray array = new JsonArray();
    values.forEach(array::add);
    return array;
  }

  private void stream(RoutingContext context) {
    context.request().toWebSocket().onSuccess(this::tell).onFailure(context::fail);
  }

  private void tell(ServerWebSocket client) {
    Consumer<LiveEvent> listener =
        event -> {
          if (!client.writeQueueFull()) {
            client.writeTextMessage(event.toJson().encode());
          }
        };
    events.meters().opened();
    client.closeHandler(
        closed -> {
          events.leave(listener);
          events.meters().closed();
        });
    if (!events.listen(listener)) {
      client.close((short) 1013, "too many listeners");
    }
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
