package dev.holdfast.commerce.api;

import static dev.holdfast.commerce.api.GatewayStage.code;
import static dev.holdfast.commerce.api.GatewayStage.detail;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.order.OrderProtocol.Placed;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request may not be, and what it is told then. Nothing of it reaches an agent. */
class RequestRulesTest {
  private static GatewayStage stage;

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
    stage.done(Place.class, new Placed(Bodies.ORDER, Bodies.RUN, new Money(1, "GBP")), false);
  }

  private static HttpResponse<String> place(String body) throws Exception {
    return stage.post(Role.MERCHANT, "/orders", "k", body);
  }

  private static void refused(HttpResponse<String> answer, int status, String code)
      throws Exception {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(code, stage.body("placeOrder", answer).getString("code"));
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElseThrow());
    assertTrue(stage.asked.isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'currency':'gbp'|invalid_currency|currency must match",
        "'currency':3|invalid_currency|currency must be a string",
        "'lines':[]|invalid_lines|lines must have at least 1 entry",
        "'lines':[{'sku':'a'}]|invalid_quantity|lines[0].quantity must be there",
        "'lines':[{'sku':'a','quantity':0}]|invalid_quantity|lines[0].quantity must be at least 1",
        "'lines':[{'sku':'a','quantity':1.5}]|invalid_quantity|lines[0].quantity must be an"
            + " integer",
        "'lines':[{'sku':'a','quantity':1},{'sku':'','quantity':1}]|invalid_sku|lines[1].sku must"
            + " have",
        "'lines':[{'sku':'a','quantity':1,'unitPrice':2.55}]|invalid_unit_price|lines[0].unitPrice"
            + " must be a string",
        "'lines':[{'sku':'a','quantity':1,'unitPrice':'-1'}]|invalid_unit_price|lines[0].unitPrice"
            + " must match",
        "'lines':[7]|invalid_lines|lines[0] must be an object",
        "'billing':{'country':'GBR'}|invalid_country|billing.country must match",
        "'ipReputation':'EVIL'|invalid_ip_reputation|ipReputation must be one of",
        "'placedAt':'2010-12-01 08:26:00'|invalid_placed_at|placedAt must be a time with its"
            + " offset",
        "'email':null|invalid_email|email must be a string",
        "'discount':1|unknown_field|discount is not a field",
        "'lines':[{'sku':'a','quantity':1,'tax':0}]|unknown_field|lines[0].tax is not a field"
      })
  void a_wrong_field_is_named(String change, String code, String sentence) throws Exception {
    JsonObject body =
        Bodies.order(1).mergeIn(new JsonObject("{" + change.replace('\'', '"') + "}"));
    HttpResponse<String> answer = place(body.encode());
    refused(answer, 400, code);
    assertTrue(detail(answer).startsWith(sentence), detail(answer));
  }

  @Test
  void a_missing_field_is_named() throws Exception {
    JsonObject body = Bodies.order(1);
    body.remove("paymentMethod");
    HttpResponse<String> answer = place(body.encode());
    refused(answer, 400, "invalid_payment_method");
    assertEquals("paymentMethod must be there.", detail(answer));
  }

  @Test
  void an_order_of_1200_lines_is_taken_and_one_beyond_2000_is_not() throws Exception {
    assertEquals(202, place(Bodies.order(1_200).encode()).statusCode());
    assertEquals(1_200, stage.command(Place.class).lines().size());
    stage.asked.clear();
    refused(place(Bodies.order(2_001).encode()), 400, "invalid_lines");
  }

  @Test
  void a_body_beyond_the_limit_is_413() throws Exception {
    String large = Bodies.order(1).put("email", "x".repeat(600_000)).encode();
    refused(place(large), 413, "request_entity_too_large");
  }

  @Test
  void json_is_read_strictly() throws Exception {
    String right = Bodies.order(1).encode();
    refused(place(""), 400, "body_missing");
    refused(place("[]"), 400, "invalid_json");
    refused(place(right + "{}"), 400, "invalid_json");
    refused(place(right.replaceFirst("\\{", "{\"currency\":\"EUR\",")), 400, "invalid_json");
    refused(place("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}"), 400, "json_limit");
    refused(place(right.replace("84029G", "84029\\u0000")), 400, "invalid_json");
  }

  @Test
  void bytes_that_are_no_utf8_are_refused() throws Exception {
    byte[] bytes = Bodies.order(1).encode().getBytes(StandardCharsets.UTF_8);
    int at = new String(bytes, StandardCharsets.US_ASCII).indexOf("KNITTED");
    bytes[at] = (byte) 0xC3;
    bytes[at + 1] = (byte) 0x28;
    HttpResponse<String> answer =
        stage.send(
            stage
                .request("/orders")
                .header("Authorization", "Bearer " + stage.token(Role.MERCHANT))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "k")
                .POST(BodyPublishers.ofByteArray(bytes)));
    refused(answer, 400, "invalid_json");
  }

  @Test
  void another_media_type_is_415() throws Exception {
    HttpResponse<String> answer =
        stage.send(
            stage
                .request("/orders")
                .header("Authorization", "Bearer " + stage.token(Role.MERCHANT))
                .header("Content-Type", "text/plain")
                .header("Idempotency-Key", "k")
                .POST(BodyPublishers.ofString(Bodies.order(1).encode())));
    refused(answer, 415, "unsupported_media_type");
  }

  @Test
  void parameters_are_checked_like_fields() throws Exception {
    for (String wrong : new String[] {"limit=0", "limit=101", "limit=x", "limit=1&limit=2"}) {
      HttpResponse<String> answer = stage.get(Role.MERCHANT, "/orders?" + wrong);
      assertEquals(400, answer.statusCode(), wrong);
      assertEquals("invalid_limit", code(answer), wrong);
    }
    assertEquals("unknown_parameter", code(stage.get(Role.MERCHANT, "/orders?costumer=1")));
    assertEquals("invalid_status", code(stage.get(Role.MERCHANT, "/orders?status=LOST")));
    assertEquals("invalid_id", code(stage.get(Role.MERCHANT, "/orders/7")));
    assertEquals("invalid_grams", code(stage.get(Role.MERCHANT, "/shipments/quotes")));
    assertEquals("invalid_customer", code(stage.get(Role.MERCHANT, "/orders?customer=%00")));
    assertEquals(400, stage.get(Role.MERCHANT, "/stock/" + "x".repeat(65)).statusCode());
    assertTrue(stage.asked.isEmpty());
  }

  @Test
  void what_is_not_there_is_404_and_another_method_405() throws Exception {
    HttpResponse<String> nowhere = stage.get(Role.MERCHANT, "/nowhere");
    assertEquals(404, nowhere.statusCode());
    assertEquals("not_found", code(nowhere));
    HttpResponse<String> method =
        stage.send(
            stage
                .request("/orders")
                .header("Authorization", "Bearer " + stage.token(Role.MERCHANT))
                .DELETE());
    assertEquals(405, method.statusCode());
    assertEquals("method_not_allowed", code(method));
    assertEquals("GET, POST", method.headers().firstValue("Allow").orElseThrow());
    assertFalse(method.headers().firstValue("Server").isPresent());
  }
}
