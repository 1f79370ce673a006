package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.web.ProbeRoutes.Readiness;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ProbeRoutesTest {
  private final Vertx vertx = Vertx.vertx();
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicReference<Readiness> readiness =
      new AtomicReference<>(new Readiness(true, 0, List.of()));
  private int port;

  @BeforeEach
  void open() throws Exception {
    Listener listener =
        new Listener("management", 0, this::routes, new Meters().http("management"));
    ListenerVerticle verticle =
        new ListenerVerticle("127.0.0.1", List.of(listener), HttpLimits.DEFAULTS, Clock.system());
    vertx.deployVerticle(verticle).await(10, TimeUnit.SECONDS);
    port = verticle.ports().get("management");
  }

  private Router routes(Vertx on) {
    Router router = Router.router(on);
    new ProbeRoutes(started::get, readiness::get).on(router);
    return router;
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(15, TimeUnit.SECONDS);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Tag("E-109")
  @Test
  void a_process_that_starts_lives_and_is_not_ready() throws Exception {
    assertEquals(200, get("/health/live").statusCode());
    assertEquals(503, get("/health/startup").statusCode());
    assertEquals(503, get("/health/ready").statusCode());
    started.set(true);
    assertEquals(200, get("/health/startup").statusCode());
    assertEquals(200, get("/health/ready").statusCode());
  }

  @Tag("E-109")
  @Test
  void at_the_last_level_requests_go_elsewhere_and_the_process_lives() throws Exception {
    started.set(true);
    readiness.set(new Readiness(false, 4, List.of("pg_read: refused")));
    HttpResponse<String> answer = get("/health/ready");
    assertEquals(503, answer.statusCode());
    JsonObject body = new JsonObject(answer.body());
    assertEquals(4, body.getInteger("level"));
    assertEquals("pg_read: refused", body.getJsonArray("reasons").getString(0));
    assertEquals(200, get("/health/live").statusCode());
    assertEquals(200, get("/health/startup").statusCode());
  }
}
