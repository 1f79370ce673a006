package dev.holdfast.commerce.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.web.Caller.Role;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A gateway for a class of tests whose agents say what each test wants. */
abstract class ApiFixture {
  static GatewayStage stage;

  @BeforeAll
  static void open() throws Exception {
    stage = new GatewayStage(Duration.ofSeconds(5), Duration.ofMillis(100));
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
  }

  @BeforeEach
  void clear() {
    stage.clear();
  }

  static JsonObject get(String operation, String path) throws Exception {
    HttpResponse<String> answer = stage.get(Role.MERCHANT, path);
    assertEquals(200, answer.statusCode(), answer.body());
    return stage.body(operation, answer);
  }

  static JsonObject post(String operation, String path, String body) throws Exception {
    HttpResponse<String> answer =
        stage.post(Role.MERCHANT, path, operation, body.replace('\'', '"'));
    assertEquals(2, answer.statusCode() / 100, answer.body());
    return stage.body(operation, answer);
  }
}
