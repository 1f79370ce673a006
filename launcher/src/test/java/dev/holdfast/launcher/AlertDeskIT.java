package dev.holdfast.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.alert.Severity;
import dev.holdfast.bus.Ask;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.order.OrderProtocol.IpReputation;
import dev.holdfast.commerce.order.OrderProtocol.Line;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.shared.Address;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.guard.GuardState.State;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.Secret;
import dev.holdfast.launcher.settings.AlertReceivers;
import dev.holdfast.launcher.settings.AlertsSettings;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.recovery.Notice;
import dev.holdfast.telemetry.AlertSource;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Alerts of a running platform, over its management listener and at a receiver. */
class AlertDeskIT {
  private static final int ANSWER_MS = 2_000;
  private static final HttpServer RECEIVER = receiver();
  private static final List<JsonObject> TOLD = new CopyOnWriteArrayList<>();
  private static volatile boolean silent;

  @RegisterExtension
  static final PlatformExtension PLATFORM = new PlatformExtension().with(settings());

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int ORDERS = 10;

  /** Few enough to leave the receiver's breaker closed. */
  private static final int SILENT = 2;

  private static AlertsSettings settings() {
    String address = "http://127.0.0.1:" + RECEIVER.getAddress().getPort() + "/";
    return Settings.shipped()
        .alerts()
        .within("CircuitBreakerOpen", 0, 100)
        .within("UnhandledException", 0, 1_500)
        .with(new AlertsSettings.DeliverySettings(ANSWER_MS, 100, 500, 3_600_000, 4, 100))
        .with(
            new AlertReceivers.Webhook(
                Secret.of(address), Secret.of("a secret of the tests"), Severity.INFO));
  }

  private static HttpServer receiver() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", AlertDeskIT::told);
      server.start();
      return server;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void told(HttpExchange exchange) throws IOException {
    JsonObject body =
        new JsonObject(
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    // A receiver that is silent keeps the connection and says nothing.
    if (!silent) {
      TOLD.add(body);
      exchange.sendResponseHeaders(204, -1);
      exchange.close();
    }
  }

  @AfterAll
  static void stop() {
    RECEIVER.stop(0);
  }

  private static HttpResponse<String> ask(String method, String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + PLATFORM.port("management") + path);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + PLATFORM.token(Role.ADMIN))
            .method(method, BodyPublishers.noBody())
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString());
    }
  }

  private static List<JsonObject> list(String path) throws Exception {
    List<JsonObject> all = new ArrayList<>();
    new JsonArray(ask("GET", path).body()).forEach(one -> all.add((JsonObject) one));
    return all;
  }

  private static List<JsonObject> about(List<JsonObject> alerts, String condition) {
    return alerts.stream().filter(one -> one.getString("condition").equals(condition)).toList();
  }

  private static List<String> heard(String subject) {
    return TOLD.stream()
        .filter(one -> one.getJsonObject("data").getString("subject").equals(subject))
        .map(one -> one.getString("type"))
        .toList();
  }

  private static void force(String guard, State state) {
    PLATFORM
        .platform()
        .guards()
        .find(guard)
        .orElseThrow()
        .force(state, Duration.ofMinutes(5), "test");
  }

  private static void reset(String guard) {
    PLATFORM.platform().guards().find(guard).orElseThrow().reset();
  }

  @Test
  void a_held_breaker_is_an_alert_that_operators_acknowledge_and_that_ends_by_itself()
      throws Exception {
    force("carriers", State.OPEN);
    await().atMost(LIMIT).until(() -> about(list("/alerts"), "CircuitBreakerOpen").size() == 1);
    JsonObject alert = about(list("/alerts"), "CircuitBreakerOpen").getFirst();
    assertEquals("carriers", alert.getString("subject"));
    assertEquals("ERROR", alert.getString("severity"));

    String path = "/alerts/" + alert.getString("id");
    assertEquals(200, ask("POST", path + "/acknowledge").statusCode());
    reset("carriers");
    await()
        .atMost(LIMIT)
        .until(
            () ->
                heard("carriers")
                    .equals(List.of("alert.firing", "alert.acknowledged", "alert.resolved")));
    await().atMost(LIMIT).until(() -> about(list("/alerts"), "CircuitBreakerOpen").isEmpty());
    JsonObject ended =
        about(list("/alerts/history?limit=50"), "CircuitBreakerOpen").stream()
            .filter(one -> one.getString("id").equals(alert.getString("id")))
            .findFirst()
            .orElseThrow();
    assertEquals("automatic", ended.getJsonObject("ended").getString("by"));
    await()
        .atMost(LIMIT)
        .until(
            () ->
                list("/alerts/deliveries").stream()
                        .filter(one -> one.getString("handler").equals("webhook"))
                        .filter(one -> one.getString("state").equals("DELIVERED"))
                        .filter(
                            one ->
                                one.getJsonObject("what")
                                    .getString("alertId")
                                    .equals(alert.getString("id")))
                        .count()
                    == 3);
  }

  @Test
  @Tag("E-112")
  void bugs_and_rungs_that_people_hear_of_are_alerts() throws Exception {
    PLATFORM.platform().errors().unhandled("order", "test", new IllegalStateException("planted"));
    PLATFORM
        .platform()
        .alerts()
        .notice(new Notice(Notice.Severity.CRITICAL, "fraud", "ROLLBACK", "gone back"));
    await().atMost(LIMIT).until(() -> heard("order test").contains("alert.resolved"));
    await().atMost(LIMIT).until(() -> heard("fraud ROLLBACK").contains("alert.firing"));
    JsonObject notice = about(list("/alerts"), "RecoveryNotice").getFirst();
    assertEquals("CRITICAL", notice.getString("severity"));
    String text =
        TOLD.stream()
            .filter(one -> one.getJsonObject("data").getString("subject").equals("order test"))
            .findFirst()
            .orElseThrow()
            .getJsonObject("data")
            .getString("text");
    assertTrue(!text.contains("planted"), text);
    String path = "/alerts/" + notice.getString("id") + "/resolve?note=known";
    assertEquals(200, ask("POST", path).statusCode());
    assertEquals(404, ask("POST", path).statusCode());
    AlertSource ofAgents = PLATFORM.platform().alerts().ofAgents();
    await()
        .atMost(LIMIT)
        .until(
            () ->
                ofAgents.history("order", 100).stream()
                    .anyMatch(
                        alert ->
                            alert.name().equals("UnhandledException")
                                && alert.resolvedAt().isPresent()));
    assertTrue(
        ofAgents.history("inventory", 100).stream()
            .noneMatch(alert -> alert.name().equals("UnhandledException")));
  }

  @Test
  void what_is_asked_wrongly_is_refused() throws Exception {
    assertEquals(404, ask("POST", "/alerts/" + UUID.randomUUID() + "/resolve").statusCode());
    assertEquals(400, ask("POST", "/alerts/one/acknowledge").statusCode());
    assertEquals(400, ask("GET", "/alerts/history?limit=0").statusCode());
    assertEquals(400, ask("GET", "/alerts/deliveries?limit=1001").statusCode());
    HttpRequest nobody =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + PLATFORM.port("management") + "/alerts"))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertEquals(401, http.send(nobody, BodyHandlers.ofString()).statusCode());
    }
  }

  @Test
  @Tag("E-183")
  void the_command_tests_every_receiver() {
    String data = PLATFORM.folder().toString();
    assertEquals(0, Main.execute("alerts", "--data", data));
    assertEquals(0, Main.execute("alerts", "test", "--data", data));
    assertTrue(
        TOLD.stream()
            .anyMatch(one -> one.getJsonObject("data").getString("condition").equals("Test")));
  }

  private static Deadline deadline() {
    return Deadline.in(LIMIT, PLATFORM.clock());
  }

  private static <R> R ask(String name, Command<R> command) throws Exception {
    CommandId id = new CommandId(DerivedId.of("test", name), PLATFORM.clock().today());
    return PLATFORM
        .bus()
        .ask(Ask.first(id, command, deadline()))
        .await(20, TimeUnit.SECONDS)
        .outcome()
        .orThrow();
  }

  /** The slowest of some orders, from the asking to the confirmation. */
  private static Duration slowest(String run) throws Exception {
    long slowest = 0;
    for (int number = 0; number < ORDERS; number++) {
      Place order =
          new Place(
              1,
              null,
              null,
              "c1",
              null,
              Instant.parse("2026-11-01T10:00:00Z"),
              "GBP",
              List.of(new Line("20001", "thing", 1, new BigDecimal("2.50"))),
              Address.ofCountry("GB"),
              Address.ofCountry("GB"),
              "tok_visa",
              IpReputation.UNKNOWN);
      long begun = PLATFORM.clock().nanoTime();
      UUID walked = ask(run + number, order).run();
      assertEquals(
          201,
          PLATFORM
              .milestones()
              .await(walked, false, deadline())
              .await(20, TimeUnit.SECONDS)
              .orElseThrow()
              .status());
      slowest = Math.max(slowest, PLATFORM.clock().nanoTime() - begun);
    }
    return Duration.ofNanos(slowest);
  }

  @Test
  @Tag("E-180")
  void a_silent_receiver_delays_no_order_and_loses_no_alert() throws Exception {
    ask("open", new OpenStock(1, UUID.randomUUID(), List.of(new Units("20001", 1_000))));
    slowest("warm");
    Duration before = slowest("before");
    silent = true;
    try {
      for (int number = 0; number < SILENT; number++) {
        PLATFORM
            .platform()
            .errors()
            .unhandled("order", "silent " + number, new IllegalStateException());
      }
      await()
          .atMost(LIMIT)
          .until(() -> about(list("/alerts"), "UnhandledException").size() == SILENT);
      Duration during = slowest("during");
      assertTrue(
          during.toMillis() < Math.max(ANSWER_MS, 5 * before.toMillis()),
          before + " before, " + during + " while the receiver is silent");
      assertEquals(List.of(), heard("order silent 0"));
    } finally {
      silent = false;
    }
    for (int number = 0; number < SILENT; number++) {
      String subject = "order silent " + number;
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> heard(subject).equals(List.of("alert.firing", "alert.resolved")));
    }
  }
}
