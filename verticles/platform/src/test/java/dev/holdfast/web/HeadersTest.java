package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.kernel.Clock;
import dev.holdfast.testing.Reports;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the headers If-Match, If-None-Match and Idempotency-Key may say. */
class HeadersTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static Vertx vertx;
  private static int port;

  @BeforeAll
  static void open() throws Exception {
    vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    new Failures("test", Reports.of(Clock.system())).of(router);
    router.get("/demanded").handler(context -> context.end(EntityTag.demanded(context).toString()));
    router
        .get("/unchanged")
        .handler(context -> context.end(Boolean.toString(EntityTag.unchanged(context, 12))));
    router.get("/key").handler(context -> context.end(IdempotencyKey.of(context)));
    HttpServer server = vertx.createHttpServer().requestHandler(router);
    port = server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS).actualPort();
  }

  @AfterAll
  static void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String code(HttpResponse<String> answer) {
    return new JsonObject(answer.body()).getString("code");
  }

  @Test
  void a_version_goes_out_as_a_strong_tag_and_comes_back() throws Exception {
    assertEquals("\"v12\"", EntityTag.of(12));
    assertEquals("OptionalLong[12]", get("/demanded", "If-Match", EntityTag.of(12)).body());
    assertEquals("OptionalLong.empty", get("/demanded", "If-Match", "*").body());
  }

  @Test
  void a_missing_if_match_is_428() throws Exception {
    assertEquals(428, get("/demanded").statusCode());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {"W/\"v12\"", "v12", "\"12\"", "\"v\"", "\"v99999999999999999999\""})
  void a_tag_that_can_not_be_ours_is_412(String tag) throws Exception {
    HttpResponse<String> answer = get("/demanded", "If-Match", tag);
    assertEquals(412, answer.statusCode());
    assertEquals("version_changed", code(answer));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = ';',
      value = {
        "\"v12\";true",
        "W/\"v12\";true",
        "\"v1\", \"v12\";true",
        "*;true",
        "\"v11\";false",
        "v12;false"
      })
  void a_reader_that_has_the_version_is_told_so(String tag, String unchanged) throws Exception {
    assertEquals(unchanged, get("/unchanged", "If-None-Match", tag).body());
  }

  @Test
  void a_key_is_demanded_and_checked() throws Exception {
    assertEquals("order-17", get("/key", "Idempotency-Key", "order-17").body());
    assertEquals("idempotency_key_missing", code(get("/key")));
    assertEquals("idempotency_key_invalid", code(get("/key", "Idempotency-Key", "a b")));
    assertEquals(400, get("/key", "Idempotency-Key", "k".repeat(201)).statusCode());
  }
}
