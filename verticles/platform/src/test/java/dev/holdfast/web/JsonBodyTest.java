package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
  private final JsonBody json = new JsonBody(JsonLimits.DEFAULTS);

  private Problem refused(Buffer body) {
    return assertThrows(ProblemException.class, () -> json.object(body)).problem();
  }

  @Test
  void what_was_written_is_read() {
    JsonObject written =
        new JsonObject()
            .put("text", "naïve \uD83D\uDE00 \" \\ \n")
            .put("int", 7)
            .put("long", 9_007_199_254_740_993L)
            .put("fraction", 1.5)
            .put("yes", true)
            .put("no", false)
            .putNull("nothing")
            .put("list", new JsonArray().add(1).add(new JsonObject().put("a", new JsonArray())));
    assertEquals(written, json.object(written.toBuffer()));
  }

  @Test
  void an_order_of_1200_lines_fits() {
    JsonArray lines = new JsonArray();
    for (int i = 0; i < 1_200; i++) {
      JsonObject line = new JsonObject();
      for (int field = 0; field < 16; field++) {
        line.put("field_number_" + field, field % 2 == 0 ? (Object) "value" : i);
      }
      lines.add(line);
    }
    JsonObject order = new JsonObject().put("lines", lines);
    assertEquals(1_200, json.object(order.toBuffer()).getJsonArray("lines").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1]",
        "7",
        "null",
        "{",
        "{\"a\":1",
        "{\"a\":[1",
        "{\"a\":1}}",
        "{\"a\":1} {\"b\":2}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":1}}",
        "{\"a\":NaN}",
        "{\"a\":1e999}",
        "{\"a\":01}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":1,}",
        "{\"a\":\"\\u0000\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00\\ud800\"}",
        "{\"\\ud800\":1}",
        "{\"a\":\"tab\there\"}",
        "// c\n{}",
        "\uFEFF{}",
        "xml"
      })
  void what_is_not_one_strict_object_is_400(String body) {
    Problem problem = refused(Buffer.buffer(body));
    assertEquals(400, problem.status());
    assertEquals("invalid_json", problem.code());
  }

  static Stream<byte[]> otherEncodings() {
    return Stream.of(
        "{\"a\":1}".getBytes(StandardCharsets.UTF_16BE),
        "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE),
        "{\"a\":1}".getBytes(StandardCharsets.UTF_16),
        new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'},
        new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xFF, '"', '}'});
  }

  @ParameterizedTest
  @MethodSource("otherEncodings")
  void other_encodings_than_utf8_are_400(byte[] body) {
    assertEquals(400, refused(Buffer.buffer(body)).status());
  }

  static Stream<String> bombs() {
    return Stream.of(
        "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}",
        "{\"a\":" + "9".repeat(1_001) + "}",
        "{\"a\":\"" + "x".repeat(70_000) + "\"}",
        "{\"" + "n".repeat(300) + "\":1}",
        "{\"a\":[" + "1,".repeat(50_000) + "1]}",
        "{\"a\":\"" + "x".repeat(600_000) + "\"}");
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void what_passes_a_limit_is_400(String body) {
    Problem problem = refused(Buffer.buffer(body));
    assertEquals(400, problem.status());
    assertEquals("json_limit", problem.code());
  }

  @Test
  void no_body_is_400() {
    assertEquals("body_missing", refused(null).code());
    assertEquals("body_missing", refused(Buffer.buffer()).code());
  }
}
