package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Secret;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.Reports;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ObservabilityRoutesTest {
  private final Vertx vertx = Vertx.vertx();
  private final Clock clock = Clock.system();
  private final Meters meters = new Meters();
  private final WebSocketClient webSockets = vertx.createWebSocketClient();
  private final LiveEvents events = new LiveEvents(clock, meters.liveEvents());

  /** So short that what is quiet shows soon. */
  private final HttpLimits limits =
      new HttpLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofMillis(1_200),
          200,
          JsonLimits.DEFAULTS);

  private Tokens tokens;
  private String token;
  private int port;

  private record Answer(int status, String body) {
    JsonObject json() {
      return new JsonObject(body);
    }
  }

  @BeforeEach
  void open() throws Exception {
    tokens =
        new Tokens(
            vertx,
            new TokenSettings(
                "holdfast",
                "api",
                Duration.ofMinutes(15),
                List.of(TokenKey.shared("k", Secret.of("a secret of more than 32 bytes, really")))),
            clock,
            meters);
    token = tokens.issueAdmin("ada", Duration.ofMinutes(5));
    Listener listener =
        new Listener("observability", 0, this::routes, meters.http("observability"));
    ListenerVerticle verticle = new ListenerVerticle("127.0.0.1", List.of(listener), limits, clock);
    await(vertx.deployVerticle(verticle));
    port = verticle.ports().get("observability");
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  private Router routes(Vertx on) {
    Router router = Router.router(on);
    new Failures("observability", Reports.of(clock)).of(router);
    router.route().handler(Measured.each(meters.http("observability"), clock));
    new ObservabilityRoutes(events, tokens, clock, limits, meters::textOfObservability)
        .on(router, on);
    return router;
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(10, TimeUnit.SECONDS);
  }

  private Answer ask(HttpMethod method, String path, String bearer, JsonObject body)
      throws Exception {
    return await(
        vertx
            .createHttpClient()
            .request(method, port, "127.0.0.1", path)
            .compose(
                request -> {
                  request.putHeader("Authorization", "Bearer " + bearer);
                  return body == null ? request.send() : request.send(body.toBuffer());
                })
            .compose(
                response ->
                    response
                        .body()
                        .map(Buffer::toString)
                        .map(text -> new Answer(response.statusCode(), text))));
  }

  private static JsonObject event(String type) {
    return new JsonObject()
        .put("source_app", "shop")
        .put("session_id", "s1")
        .put("hook_event_type", type)
        .put("payload", new JsonObject().put("n", 1));
  }

  @Tag("E-120")
  @Tag("E-127")
  @Test
  void an_event_is_kept_and_told_to_who_listens() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    WebSocket socket = await(connect(token));
    socket.textMessageHandler(heard::add);
    assertEquals(201, ask(HttpMethod.POST, "/events", token, event("started")).status());
    assertEquals(
        "started", new JsonObject(heard.poll(10, TimeUnit.SECONDS)).getString("hook_event_type"));
    JsonObject recent = ask(HttpMethod.GET, "/events/recent?limit=1", token, null).json();
    assertEquals(1, recent.getJsonArray("events").size());
    JsonObject options = ask(HttpMethod.GET, "/events/filter-options", token, null).json();
    assertEquals(List.of("shop"), options.getJsonArray("source_apps").getList());
    assertTrue(meters.text().contains("events_received_total 1.0"));
  }

  @Tag("E-128")
  @Test
  void an_event_without_a_field_is_refused_and_counted() throws Exception {
    for (String field : List.of("source_app", "session_id", "hook_event_type", "payload")) {
      JsonObject lacking = event("x");
      lacking.remove(field);
      Answer answer = ask(HttpMethod.POST, "/events", token, lacking);
      assertEquals(400, answer.status(), answer.body());
      assertTrue(answer.body().contains(field), answer.body());
    }
    assertTrue(meters.text().contains("events_failed_total 4.0"));
    assertEquals(400, ask(HttpMethod.GET, "/events/recent?limit=0", token, null).status());
  }

  @Tag("E-129")
  @Tag("E-130")
  @Tag("E-131")
  @Test
  void web_sockets_are_counted_when_they_open_and_close() throws Exception {
    WebSocket socket = await(connect(token));
    assertEquals(
        1, ask(HttpMethod.GET, "/health", "", null).json().getInteger("websocket_clients"));
    await(socket.close());
    Awaitility.await().until(() -> meters.text().contains("websocket_disconnections_total 1.0"));
    assertTrue(meters.text().contains("websocket_connections_total 1.0"));
    assertTrue(meters.text().contains("websocket_connections_active 0.0"));
  }

  @Test
  void strangers_and_customers_hear_nothing() throws Exception {
    String customer =
        tokens.issue("eve", Role.CUSTOMER, 1, Optional.of("17850"), Duration.ofMinutes(5));
    assertEquals(401, ask(HttpMethod.GET, "/events/recent", "x", null).status());
    assertEquals(403, ask(HttpMethod.POST, "/events", customer, event("x")).status());
    Future<WebSocket> refused = connect(customer);
    Throwable cause =
        await(refused.map(socket -> (Throwable) null).recover(Future::succeededFuture));
    assertEquals(403, ((UpgradeRejectedException) cause).getStatus());
  }

  @Tag("E-107")
  @Tag("E-132")
  @Tag("E-133")
  @Tag("E-134")
  @Test
  void health_and_the_listeners_metrics_need_no_token() throws Exception {
    meters.withJvm();
    JsonObject health = ask(HttpMethod.GET, "/health", "", null).json();
    assertEquals("healthy", health.getString("status"));
    assertEquals(0, health.getInteger("events_received"));
    String text = ask(HttpMethod.GET, "/metrics", "", null).body();
    assertTrue(text.contains("http_requests_by_path_total{path=\"GET /health\"} 1.0"), text);
    assertTrue(text.contains("http_requests_total 1.0"), text);
    assertTrue(text.contains("server_uptime_seconds "), text);
    assertFalse(text.contains("holdfast_"), text);
  }

  @Test
  void an_event_that_is_too_large_is_refused() throws Exception {
    JsonObject large = event("x");
    large.getJsonObject("payload").put("text", "x".repeat(20_000));
    assertEquals(413, ask(HttpMethod.POST, "/events", token, large).status());
  }

  @Tag("E-120")
  @Test
  void a_quiet_web_socket_is_kept_open_and_a_later_event_still_told() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    WebSocket socket = await(connect(token));
    socket.textMessageHandler(heard::add);
    long opened = System.nanoTime();
    Awaitility.await().until(() -> System.nanoTime() - opened > 2 * limits.idle().toNanos());
    events.tell("holdfast", "node", "level_changed", new JsonObject().put("to", 1));
    JsonObject told = new JsonObject(heard.poll(10, TimeUnit.SECONDS));
    assertEquals("level_changed", told.getString("hook_event_type"));
  }

  @Test
  void what_the_platform_tells_is_no_posted_event() throws Exception {
    events.tell("holdfast", "node", "agent_crashed", new JsonObject());
    Awaitility.await()
        .until(
            () ->
                ask(HttpMethod.GET, "/events/recent", token, null)
                        .json()
                        .getJsonArray("events")
                        .size()
                    == 1);
    assertTrue(meters.text().contains("events_received_total 0.0"));
  }

  private Future<WebSocket> connect(String bearer) {
    return webSockets.connect(
        new WebSocketConnectOptions()
            .setPort(port)
            .setHost("127.0.0.1")
            .setURI("/events/stream")
            .addHeader("Authorization", "Bearer " + bearer));
  }
}
