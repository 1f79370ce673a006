package dev.holdfast.web;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.errors.ErrorReport;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.errors.ErrorTable;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.ErrorCategory;
import dev.holdfast.kernel.ErrorSeverity;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Secret;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.telemetry.AgentHealth;
import dev.holdfast.telemetry.AgentHealth.Status;
import dev.holdfast.telemetry.AlertSource;
import dev.holdfast.telemetry.AlertView;
import dev.holdfast.telemetry.DependencyHealth;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ListenerVerticleTest {
  private static final HttpLimits QUICK =
      new HttpLimits(
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(600),
          5,
          new JsonLimits(1_000, 100, 5, 100, 20, 20));

  private final Clock clock = Clock.system();
  private final Meters meters = new Meters();
  private final ErrorReports reports =
      new ErrorReports(new ErrorTable(List.of(new HttpErrors())), clock, meters);
  private final AlertBoard alerts = new AlertBoard();
  private final AtomicReference<AgentHealth> health = new AtomicReference<>(health(Status.RUNNING));
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Vertx vertx;
  private Tokens tokens;
  private int port;

  /** Three alerts, of which the last is over. */
  private static final class AlertBoard implements AlertSource {
    private static AlertView alert(String severity, Optional<Instant> over) {
      Instant at = Instant.parse("2026-11-22T10:00:00Z");
      return new AlertView(
          severity + "_alert", severity, severity, "Told.", Map.of("rate", "7"), 3, at, at, over);
    }

    @Override
    public List<AlertView> active(String agent) {
      return List.of(alert("error", Optional.empty()), alert("warning", Optional.empty()));
    }

    @Override
    public List<AlertView> history(String agent, int limit) {
      List<AlertView> all = new ArrayList<>(active(agent));
      all.add(alert("info", Optional.of(Instant.parse("2026-11-22T10:05:00Z"))));
      return all.subList(0, Math.min(limit, all.size()));
    }
  }

  private static AgentHealth health(Status status) {
    return new AgentHealth(
        "order",
        status,
        status == Status.RUNNING ? 0 : 4,
        List.of(),
        Duration.ofSeconds(5),
        List.of(
            new DependencyHealth(
                "database", DependencyHealth.State.CONNECTED, Map.of("type", "postgresql"))),
        Map.of("placing", "on"),
        12,
        1,
        Optional.of("deadline_passed"),
        Map.of("restarts", 0));
  }

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
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
    port = deploy(new Listener("order", 0, this::routes, meters.http("order")));
  }

  private int deploy(Listener listener) throws Exception {
    ListenerVerticle verticle = new ListenerVerticle("127.0.0.1", List.of(listener), QUICK, clock);
    vertx.deployVerticle(verticle).await(10, TimeUnit.SECONDS);
    return verticle.ports().get(listener.name());
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(15, TimeUnit.SECONDS);
  }

  private Router routes(Vertx on) {
    Router router = new AgentRoutes(meters, alerts, reports, clock).of("order", health::get, on);
    router
        .get("/bug")
        .handler(Measured.named("GET /bug"))
        .handler(
            context -> {
              throw new IllegalStateException("select secret from table");
            });
    router.get("/outage").handler(context -> context.fail(new Unavailable("down", "10.0.0.7")));
    router.get("/parked").handler(context -> context.fail(new Parked("poison")));
    router
        .get("/admin")
        .handler(Authentication.bearer(tokens))
        .handler(Authentication.only(Role.ADMIN))
        .handler(context -> context.end(Caller.of(context).subject()));
    router
        .post("/echo")
        .handler(QUICK.bodies())
        .handler(new JsonBody(QUICK.json()).reader())
        .handler(context -> context.end(JsonBody.of(context).toBuffer()));
    return router;
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static void assertProblem(int status, String code, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals("application/problem+json", answer.headers().firstValue("content-type").get());
    JsonObject body = new JsonObject(answer.body());
    assertEquals(code, body.getString("code"));
    assertEquals(status, body.getInteger("status"));
  }

  @Tag("E-103")
  @Tag("E-104")
  @Test
  void health_tells_that_the_agent_lives_even_when_everything_failed() throws Exception {
    health.set(health(Status.ERROR));
    HttpResponse<String> answer = get("/health");
    assertEquals(200, answer.statusCode());
    assertEquals("order", new JsonObject(answer.body()).getString("agent_id"));
    assertEquals(503, get("/health/ready").statusCode());
  }

  @Tag("E-104")
  @Tag("E-105")
  @Test
  void readiness_names_the_dependencies() throws Exception {
    HttpResponse<String> answer = get("/health/ready");
    assertEquals(200, answer.statusCode());
    assertEquals("connected", new JsonObject(answer.body()).getString("database"));
  }

  @Tag("E-104")
  @Test
  void details_and_status_say_what_is_known() throws Exception {
    JsonObject details = new JsonObject(get("/health/detailed").body());
    assertEquals("postgresql", details.getJsonObject("database").getString("type"));
    assertEquals(12, details.getJsonObject("metrics").getInteger("messages_processed"));
    assertEquals(0, new JsonObject(get("/status").body()).getInteger("restarts"));
  }

  @Tag("E-106")
  @Tag("E-108")
  @Test
  void details_have_features_and_the_last_error_and_status_the_alerts_too() throws Exception {
    JsonObject details = new JsonObject(get("/health/detailed").body());
    assertEquals("on", details.getJsonObject("features").getString("placing"));
    assertEquals("deadline_passed", details.getJsonObject("metrics").getString("last_error"));
    assertFalse(details.containsKey("alerts"));
    JsonObject status = new JsonObject(get("/status").body());
    assertEquals(2, status.getJsonArray("alerts").size());
  }

  @Tag("E-116")
  @Test
  void active_alerts_are_shown_by_severity() throws Exception {
    JsonObject all = new JsonObject(get("/alerts").body());
    assertEquals("order", all.getString("agent_id"));
    assertEquals(2, all.getInteger("count"));
    JsonObject first = all.getJsonArray("alerts").getJsonObject(0);
    assertEquals("error_alert", first.getString("name"));
    assertEquals("7", first.getJsonObject("metadata").getString("rate"));
    assertFalse(first.getBoolean("resolved"));
    JsonObject warnings = new JsonObject(get("/alerts?severity=warning").body());
    assertEquals(1, warnings.getInteger("count"));
  }

  @Tag("E-117")
  @Test
  void past_alerts_are_shown_up_to_a_limit() throws Exception {
    JsonObject all = new JsonObject(get("/alerts/history").body());
    assertEquals(3, all.getInteger("count"));
    JsonObject over = all.getJsonArray("alerts").getJsonObject(2);
    assertTrue(over.getBoolean("resolved"));
    assertEquals("2026-11-22T10:05:00Z", over.getString("resolved_at"));
    assertEquals(1, new JsonObject(get("/alerts/history?limit=1").body()).getInteger("count"));
    assertProblem(400, "invalid_limit", get("/alerts/history?limit=1001"));
  }

  @Tag("E-115")
  @Test
  void metrics_are_json_too_with_percentiles() throws Exception {
    for (int i = 0; i < 20; i++) {
      get("/health");
    }
    JsonObject answer = new JsonObject(get("/metrics/json").body());
    assertEquals("order", answer.getString("agent_id"));
    JsonObject duration = answer.getJsonObject("metrics").getJsonObject("request_duration_ms");
    assertEquals("histogram", duration.getString("type"));
    JsonObject series = duration.getJsonArray("series").getJsonObject(0);
    assertEquals("order", series.getJsonObject("labels").getString("agent_id"));
    assertTrue(series.getLong("count") >= 19, series.encode());
    assertTrue(series.getDouble("p50") <= series.getDouble("p95"), series.encode());
    assertTrue(series.getDouble("p95") <= series.getDouble("p99"), series.encode());
    JsonObject requests = answer.getJsonObject("metrics").getJsonObject("requests_total");
    assertEquals("counter", requests.getString("type"));
    assertTrue(requests.getJsonArray("series").getJsonObject(0).getDouble("value") >= 19);
  }

  @Tag("E-121")
  @Test
  void a_listener_that_is_not_needed_is_left_out_when_its_port_is_taken() throws Exception {
    Listener needed = new Listener("needed", 0, this::routes, meters.http("needed"));
    Listener metrics = new Listener("metrics", port, this::routes, meters.http("metrics"));
    ListenerVerticle verticle =
        new ListenerVerticle("127.0.0.1", List.of(needed, metrics.optional()), QUICK, clock);
    vertx.deployVerticle(verticle).await(10, TimeUnit.SECONDS);
    assertEquals(Set.of("needed"), verticle.ports().keySet());
    assertThrows(IllegalStateException.class, () -> deploy(metrics));
  }

  @Test
  void methods_that_clients_make_up_make_no_series() throws Exception {
    for (String method : List.of("SWIM", "FLY", "RUN")) {
      client.send(
          HttpRequest.newBuilder(uri("/nowhere"))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.discarding());
    }
    await()
        .atMost(5, TimeUnit.SECONDS)
        .untilAsserted(
            () -> assertTrue(meters.text().contains("path=\"OTHER other\"} 3.0"), meters.text()));
    assertFalse(meters.text().contains("SWIM"), meters.text());
  }

  @Tag("E-111")
  @Tag("E-114")
  @Test
  void requests_are_counted_under_the_agents_name() throws Exception {
    get("/health");
    get("/bug");
    await()
        .atMost(5, TimeUnit.SECONDS)
        .untilAsserted(
            () -> {
              String text = get("/metrics").body();
              assertTrue(text.contains("errors_total{agent_id=\"order\"} 1.0"), text);
              assertTrue(text.contains("# TYPE request_duration_ms histogram"), text);
              assertTrue(text.contains("active_connections{agent_id=\"order\"}"), text);
              assertFalse(text.contains("agent_id=\"payment\""), text);
            });
  }

  @Test
  @Tag("E-050")
  void a_bug_is_500_and_tells_only_its_log_id() throws Exception {
    List<ErrorReport> told = new CopyOnWriteArrayList<>();
    reports.hear(EnumSet.allOf(ErrorCategory.class), ErrorSeverity.LOW, told::add);
    HttpResponse<String> answer = get("/bug");
    assertProblem(500, "internal", answer);
    assertFalse(answer.body().contains("select"));
    assertFalse(answer.body().contains("IllegalState"));
    assertEquals(1, told.size());
    assertTrue(answer.body().contains(told.getFirst().id()), answer.body());
    assertEquals("GET /bug", told.getFirst().operation());
  }

  @Test
  void what_a_client_did_wrong_is_counted_and_no_more() throws Exception {
    List<ErrorReport> told = new CopyOnWriteArrayList<>();
    reports.hear(EnumSet.allOf(ErrorCategory.class), ErrorSeverity.LOW, told::add);
    get("/nowhere");
    get("/outage");
    assertEquals(
        List.of("not_found", "unavailable"),
        told.stream().map(report -> report.code().code()).toList());
    assertTrue(
        meters
            .text()
            .contains(
                "holdfast_failures_total{agent=\"order\",category=\"business_logic\",severity=\"low\"}"
                    + " 1.0"),
        meters.text());
  }

  @Test
  void an_outage_is_503_with_retry_after() throws Exception {
    HttpResponse<String> answer = get("/outage");
    assertProblem(503, "down", answer);
    assertTrue(answer.headers().firstValue("retry-after").isPresent());
    assertFalse(answer.body().contains("10.0.0.7"));
  }

  @Test
  void a_parked_command_is_409() throws Exception {
    assertProblem(409, "parked", get("/parked"));
  }

  @Test
  void unknown_paths_and_methods_are_problems_too() throws Exception {
    assertProblem(404, "not_found", get("/nowhere"));
    assertProblem(405, "method_not_allowed", post("/health", "{}"));
  }

  @Test
  void without_a_good_token_of_the_right_role_nobody_passes() throws Exception {
    HttpResponse<String> nobody = get("/admin");
    assertProblem(401, "unauthenticated", nobody);
    assertTrue(nobody.headers().firstValue("www-authenticate").isPresent());
    assertProblem(401, "invalid_token", get("/admin", "Authorization", "Bearer nonsense"));
    String merchant = tokens.issue("m", Role.MERCHANT, 1, Optional.empty(), Duration.ofMinutes(1));
    assertProblem(403, "forbidden", get("/admin", "Authorization", "Bearer " + merchant));
    String admin = tokens.issueAdmin("ops", Duration.ofMinutes(1));
    assertEquals("ops", get("/admin", "Authorization", "Bearer " + admin).body());
  }

  @Test
  void bodies_are_read_strictly() throws Exception {
    assertEquals("{\"a\":1}", post("/echo", "{\"a\":1}").body());
    assertProblem(400, "invalid_json", post("/echo", "[1]"));
    assertProblem(400, "body_missing", post("/echo", ""));
    assertProblem(
        413, "request_entity_too_large", post("/echo", "{\"a\":\"" + "x".repeat(2_000) + "\"}"));
  }

  @Test
  void a_head_that_trickles_in_is_cut_off() throws Exception {
    assertClosedWhileTrickling("GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: ");
  }

  @Test
  void a_body_that_trickles_in_is_cut_off() throws Exception {
    assertClosedWhileTrickling(
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{\"a\":\"");
  }

  private void assertClosedWhileTrickling(String beginning) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(beginning.getBytes(StandardCharsets.UTF_8));
      // A byte every 50 ms keeps the connection from ever being idle.
      await()
          .atMost(5, TimeUnit.SECONDS)
          .pollInterval(50, TimeUnit.MILLISECONDS)
          .until(
              () -> {
                try {
                  socket.getOutputStream().write('x');
                  return closed(socket);
                } catch (IOException reset) {
                  return true;
                }
              });
    }
  }

  private static boolean closed(Socket socket) throws IOException {
    socket.setSoTimeout(1);
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException open) {
      return false;
    }
  }

  @Test
  void a_connection_that_only_waits_is_closed_after_the_idle_time() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      socket.setSoTimeout(5_000);
      InputStream in = socket.getInputStream();
      assertTrue(new String(in.readAllBytes(), StandardCharsets.UTF_8).contains("200 OK"));
    }
  }

  @Test
  void more_connections_than_allowed_are_closed_at_once() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      await()
          .atMost(250, TimeUnit.MILLISECONDS)
          .pollInterval(10, TimeUnit.MILLISECONDS)
          .until(
              () -> {
                int closed = 0;
                for (Socket socket : sockets) {
                  closed += closed(socket) ? 1 : 0;
                }
                return closed == 3;
              });
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void a_busy_port_is_named_and_nothing_is_left_open() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int busy = taken.getLocalPort();
      Listener listener = new Listener("payment", busy, this::routes, meters.http("payment"));
      IllegalStateException failure =
          assertThrows(IllegalStateException.class, () -> deploy(listener));
      assertTrue(failure.getMessage().contains(Integer.toString(busy)), failure.getMessage());
      assertTrue(failure.getMessage().contains("payment"), failure.getMessage());
    }
  }

  @Test
  void the_server_does_not_introduce_itself() throws Exception {
    assertNull(get("/health").headers().firstValue("server").orElse(null));
  }
}
