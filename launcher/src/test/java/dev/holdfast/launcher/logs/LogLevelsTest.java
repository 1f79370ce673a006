package dev.holdfast.launcher.logs;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Secret;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.Reports;
import dev.holdfast.trace.Span;
import dev.holdfast.trace.Work;
import dev.holdfast.web.Authentication;
import dev.holdfast.web.Caller.Role;
import dev.holdfast.web.Failures;
import dev.holdfast.web.TokenKey;
import dev.holdfast.web.TokenSettings;
import dev.holdfast.web.Tokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
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
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class LogLevelsTest {
  private final Clock clock = Clock.system();
  private final Vertx vertx = Vertx.vertx();
  private final LogLevels levels = new LogLevels(vertx, clock, Set.of("order", "payment"));
  private final Tokens tokens =
      new Tokens(
          vertx,
          new TokenSettings(
              "holdfast",
              "api",
              Duration.ofMinutes(15),
              List.of(
                  TokenKey.shared("k", Secret.of("a key of more than 32 bytes, for this test")))),
          clock,
          new Meters());
  private final org.slf4j.Logger lane = LoggerFactory.getLogger("dev.holdfast.agent.Lane");
  private HttpServer server;

  @BeforeEach
  void open() throws Exception {
    Router router = Router.router(vertx);
    new Failures("management", Reports.of(clock)).of(router);
    router.route().handler(Authentication.bearer(tokens)).handler(Authentication.only(Role.ADMIN));
    new LogLevelRoutes(levels)
        .on(
            router,
            (to, path, answer) -> to.get(path).handler(context -> answer(context, answer)),
            (to, path, answer) -> to.post(path).handler(context -> answer(context, answer)));
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
  }

  private static void answer(RoutingContext context, Function<RoutingContext, Future<?>> asked) {
    asked.apply(context).onSuccess(body -> context.end(String.valueOf(body)));
  }

  @AfterEach
  void close() throws Exception {
    levels.end("order");
    levels.end("payment");
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static boolean in(String agent, BooleanSupplier asked) {
    return Work.of(agent, Span.NONE, null).call(asked::getAsBoolean);
  }

  private static int filters() {
    return ((LoggerContext) LoggerFactory.getILoggerFactory()).getTurboFilterList().size();
  }

  @Tag("E-048")
  @Test
  void what_is_done_in_an_agents_name_is_written_from_another_level_on() {
    levels.change("order", Level.DEBUG, Duration.ofMinutes(1), "why");
    assertTrue(in("order", lane::isDebugEnabled));
    assertFalse(in("payment", lane::isDebugEnabled));
    assertFalse(lane.isDebugEnabled());
    assertTrue(LoggerFactory.getLogger("dev.holdfast.commerce.order.X").isDebugEnabled());
    assertFalse(LoggerFactory.getLogger("dev.holdfast.commerce.payment.X").isDebugEnabled());
    assertFalse(in("order", LoggerFactory.getLogger("io.vertx.core")::isDebugEnabled));
  }

  @Test
  void an_agent_can_be_made_silent_as_well() {
    levels.change("payment", Level.ERROR, Duration.ofMinutes(1), "noise");
    assertFalse(in("payment", lane::isWarnEnabled));
    assertTrue(in("payment", lane::isErrorEnabled));
    assertTrue(in("order", lane::isWarnEnabled));
  }

  @Test
  void a_change_ends_by_itself_and_the_log_pays_nothing_more_for_it() {
    int before = filters();
    levels.change("order", Level.DEBUG, Duration.ofMillis(50), "short");
    assertEquals(before + 1, filters());
    await().until(() -> levels.all().isEmpty());
    assertFalse(in("order", lane::isDebugEnabled));
    assertEquals(before, filters());
  }

  @Test
  void a_second_change_takes_the_place_of_the_first_and_its_end() {
    levels.change("order", Level.DEBUG, Duration.ofMillis(50), "short");
    levels.change("order", Level.DEBUG, Duration.ofMinutes(1), "longer");
    levels.change("payment", Level.DEBUG, Duration.ofMillis(100), "shorter");
    await().until(() -> !levels.all().containsKey("payment"));
    assertTrue(in("order", lane::isDebugEnabled));
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
              .header("Authorization", "Bearer " + tokens.issueAdmin("ada", Duration.ofMinutes(5)))
              .method(method, BodyPublishers.noBody())
              .build(),
          BodyHandlers.ofString());
    }
  }

  @Test
  void operators_change_it_with_a_reason_and_see_who_did() throws Exception {
    String path = "/log-levels/order?level=debug&seconds=60&reason=slow%20orders";
    assertEquals(200, send("POST", path).statusCode());
    assertEquals("slow orders (ada)", levels.all().get("order").reason());
    assertTrue(send("GET", "/log-levels").body().contains("slow orders"));
    assertEquals(200, send("POST", "/log-levels/order/end").statusCode());
    assertTrue(levels.all().isEmpty());
  }

  @Test
  void what_is_no_level_no_time_or_no_reason_is_refused() throws Exception {
    for (String wrong :
        List.of(
            "?level=loud&seconds=60&reason=x",
            "?level=trace&seconds=60&reason=x",
            "?level=debug&seconds=0&reason=x",
            "?level=debug&seconds=86401&reason=x",
            "?level=debug&seconds=60")) {
      HttpResponse<String> refused = send("POST", "/log-levels/order" + wrong);
      assertEquals(400, refused.statusCode(), wrong);
      assertEquals("invalid_parameter", new JsonObject(refused.body()).getString("code"));
    }
    assertTrue(levels.all().isEmpty());
  }

  static {
    ((Logger) LoggerFactory.getLogger("dev.holdfast")).setLevel(ch.qos.logback.classic.Level.WARN);
  }
}
