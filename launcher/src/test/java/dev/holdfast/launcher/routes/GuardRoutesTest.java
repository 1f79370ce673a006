package dev.holdfast.launcher.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.guard.Guard;
import dev.holdfast.guard.GuardSettings;
import dev.holdfast.guard.GuardState.State;
import dev.holdfast.guard.Guards;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Secret;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.web.Authentication;
import dev.holdfast.web.Caller.Role;
import dev.holdfast.web.Problem;
import dev.holdfast.web.TokenKey;
import dev.holdfast.web.TokenSettings;
import dev.holdfast.web.Tokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Guards over HTTP, for administrators. */
class GuardRoutesTest {
  private static final String KEY = "a key of more than 32 bytes, for this test";

  private final Clock clock = Clock.system();
  private final HttpClient client = HttpClient.newHttpClient();
  private Vertx vertx;
  private Tokens tokens;
  private Guard guard;
  private HttpServer server;
  private String token;

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
                List.of(TokenKey.shared("k", Secret.of(KEY)))),
            clock,
            new Meters());
    token = tokens.issueAdmin("ada", Duration.ofMinutes(5));
    Guards guards = new Guards(vertx, clock, new Meters());
    guard = guards.named("payment-provider", GuardSettings.EXTERNAL);
    guards.named("carriers", GuardSettings.EXTERNAL);
    Router router = Router.router(vertx);
    router.route().failureHandler(GuardRoutesTest::refuse);
    router.route().handler(Authentication.bearer(tokens)).handler(Authentication.only(Role.ADMIN));
    new GuardRoutes(guards).on(router);
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
  }

  private static void refuse(RoutingContext context) {
    Problem.known(context.failure()).orElseThrow().send(context.response());
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.actualPort() + path);
    return client.send(
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + token)
            .timeout(Duration.ofSeconds(10))
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private JsonObject done(String method, String path) throws Exception {
    HttpResponse<String> answer = ask(method, path);
    assertEquals(200, answer.statusCode(), answer.body());
    return new JsonObject(answer.body());
  }

  private void trip() {
    for (int i = 0; i < 10; i++) {
      var unused =
          guard.call(
              Deadline.in(Duration.ofSeconds(5), clock),
              () -> Future.failedFuture(new Unavailable("down", "away")));
    }
    assertEquals(State.OPEN, guard.state().state());
  }

  @Tag("E-015")
  @Test
  void all_guards_are_listed_and_each_is_shown() throws Exception {
    trip();
    JsonArray all = new JsonArray(ask("GET", "/guards").body());
    assertEquals("carriers", all.getJsonObject(0).getString("guard"));
    assertEquals("OPEN", all.getJsonObject(1).getString("state"));
    JsonObject one = done("GET", "/guards/payment-provider");
    assertEquals(10, one.getInteger("failed"));
    assertEquals(0.0, one.getDouble("successRate"));
    assertEquals(404, ask("GET", "/guards/nobody").statusCode());
  }

  @Tag("E-008")
  @Test
  void one_is_reset_or_all_are() throws Exception {
    trip();
    assertEquals("CLOSED", done("POST", "/guards/payment-provider/reset").getString("state"));
    assertEquals(State.CLOSED, guard.state().state());
    trip();
    assertEquals(200, ask("POST", "/guards/reset").statusCode());
    assertEquals(State.CLOSED, guard.state().state());
  }

  @Test
  void a_state_is_held_with_a_reason_and_by_whom() throws Exception {
    JsonObject held =
        done("POST", "/guards/payment-provider/force?state=open&seconds=600&reason=maintenance");
    assertEquals("OPEN", held.getString("state"));
    assertEquals("maintenance (ada)", held.getString("forced"));
    assertTrue(held.getLong("endsInMs") > 500_000, held.encode());
    done("POST", "/guards/payment-provider/force?state=half_open&seconds=600&reason=careful");
    assertEquals(State.HALF_OPEN, guard.state().state());
  }

  @Test
  void what_makes_no_sense_is_refused() throws Exception {
    String force = "/guards/payment-provider/force?";
    assertEquals(400, ask("POST", force + "state=ajar&seconds=5&reason=x").statusCode());
    assertEquals(400, ask("POST", force + "state=open&seconds=0&reason=x").statusCode());
    assertEquals(400, ask("POST", force + "state=open&seconds=99999&reason=x").statusCode());
    assertEquals(400, ask("POST", force + "state=open&seconds=5").statusCode());
    assertEquals(State.CLOSED, guard.state().state());
  }

  @Test
  void others_than_administrators_are_turned_away() throws Exception {
    token = tokens.ready(1, "c1", Duration.ofMinutes(5)).get(Role.MERCHANT);
    assertEquals(403, ask("POST", "/guards/reset").statusCode());
  }
}
