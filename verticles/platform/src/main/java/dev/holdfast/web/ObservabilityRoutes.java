package dev.holdfast.web;

import dev.holdfast.kernel.Clock;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Live events over HTTP (E-107, E-120): they are posted, read, and told over a WebSocket or as
 * server-sent events. A client that does not keep up misses events instead of holding them up, and
 * is told how many.
 */
public final class ObservabilityRoutes {
  private static final int RECENT = 100;

  /** As many are kept as {@link LiveEvents#KEPT} says, so each is small. */
  private static final JsonLimits EVENT = new JsonLimits(16 * 1024, 2_000, 16, 8 * 1024, 256, 64);

  private final LiveEvents events;
  private final Tokens tokens;
  private final Clock clock;
  private final Supplier<String> metrics;
  private final HttpLimits limits;
  private final long begun;

  /**
   * @param limits those of the listener
   * @param metrics the listener's series in Prometheus' text format
   */
  public ObservabilityRoutes(
      LiveEvents events, Tokens tokens, Clock clock, HttpLimits limits, Supplier<String> metrics) {
    this.events = events;
    this.tokens = tokens;
    this.limits = limits;
    this.clock = clock;
    this.metrics = metrics;
    this.begun = clock.nanoTime();
  }

  /**
   * Adds the routes, on the listener's context. Health and metrics ask for no token; events are for
   * admins and agents.
   */
  public void on(Router router, Vertx vertx) {
    events.settle(vertx.getOrCreateContext());
    router.get("/health").handler(this::health);
    router.get("/metrics").handler(this::metrics);
    router
        .route("/events*")
        .handler(Authentication.bearer(tokens))
        .handler(Authentication.only(Role.ADMIN, Role.AGENT));
    router
        .post("/events")
        .handler(BodyHandler.create(false).setBodyLimit(EVENT.bytes()))
        .handler(new JsonBody(EVENT).reader())
        .handler(
            context -> JsonAnswer.send(context, 201, events.post(JsonBody.of(context)).toJson()));
    router.get("/events/recent").handler(this::recent);
    router.get("/events/filter-options").handler(this::options);
    router
        .get("/events/stream")
        .handler(new EventStreams(vertx, events, clock, limits.idle())::open);
  }

  private void health(RoutingContext context) {
    JsonAnswer.send(
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
        .putHeader(HttpHeaders.CONTENT_TYPE, MetricsRoutes.TEXT_TYPE)
        .end(metrics.get());
  }

  private void recent(RoutingContext context) {
    JsonArray all = new JsonArray();
    events
        .recent(JsonAnswer.limit(context, RECENT, LiveEvents.KEPT))
        .forEach(event -> all.add(event.toJson()));
    JsonAnswer.send(context, 200, new JsonObject().put("events", all));
  }

  private void options(RoutingContext context) {
    JsonAnswer.send(
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
}
