package dev.holdfast.commerce.api;

import static dev.holdfast.commerce.api.GatewayStage.code;
import static dev.holdfast.commerce.api.GatewayStage.detail;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.commerce.order.OrderProtocol.OrderByNumber;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.order.OrderProtocol.Placed;
import dev.holdfast.commerce.product.ProductProtocol.Product;
import dev.holdfast.commerce.product.ProductProtocol.Products;
import dev.holdfast.commerce.product.ProductProtocol.ProductsBySku;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.web.Caller.Role;
import dev.holdfast.workflow.Milestone;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders over HTTP: keys, milestones, prices, owners, versions, pages, outages. */
class GatewayTest {
  private static final Duration REQUEST = Duration.ofSeconds(3);
  private static final Duration MILESTONE = Duration.ofMillis(300);
  private static GatewayStage stage;

  @BeforeAll
  static void open() throws Exception {
    stage = new GatewayStage(REQUEST, MILESTONE);
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
  }

  @BeforeEach
  void clear() {
    stage.clear();
  }

  private static void placed(boolean replayed) {
    stage.done(Place.class, new Placed(Bodies.ORDER, Bodies.RUN, new Money(2034, "GBP")), replayed);
  }

  private static HttpResponse<String> place(String key) throws Exception {
    return stage.post(Role.MERCHANT, "/orders", key, Bodies.order(1).encode());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }

  @Test
  void a_confirmed_order_is_answered_with_its_runs_words() throws Exception {
    placed(false);
    stage.tells(201, Bodies.confirmed());
    HttpResponse<String> answer = place("k1");
    assertEquals(201, answer.statusCode(), answer.body());
    assertEquals(Bodies.confirmed(), stage.body("placeOrder", answer));
    assertEquals("/api/v1/orders/" + Bodies.ORDER, header(answer, "Location"));
    assertEquals(null, header(answer, "Idempotent-Replayed"));
    assertEquals(null, header(answer, "Server"));
    assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
    Place command = stage.command(Place.class);
    assertEquals(GatewayStage.MERCHANT, command.merchant());
    assertEquals(new BigDecimal("3.39"), command.lines().getFirst().unitPrice());
    assertEquals(Bodies.TIME, command.placedAt());
    assertEquals("placeOrder", stage.ask(Place.class).key().operation());
  }

  @Test
  void a_refused_order_is_a_problem_with_the_runs_reason() throws Exception {
    placed(false);
    stage.tells(
        409,
        new JsonObject()
            .put("type", "about:blank")
            .put("title", "It was refused.")
            .put("status", 409)
            .put("detail", "There are 2 of 84029G.")
            .put("code", "out_of_stock")
            .put("retryable", false)
            .put("id", Bodies.ORDER.toString()));
    HttpResponse<String> answer = place("k1");
    assertEquals(409, answer.statusCode());
    assertEquals("application/problem+json", header(answer, "Content-Type"));
    assertEquals("out_of_stock", stage.body("placeOrder", answer).getString("code"));
  }

  @Test
  void beyond_the_wait_an_order_is_accepted_and_the_repeat_gets_the_end() throws Exception {
    placed(false);
    Promise<Optional<Milestone>> never = Promise.promise();
    stage.waiting =
        (run, asked, deadline) -> {
          stage.vertx.setTimer(
              deadline.remainingMillis(Clock.system()),
              passed -> never.tryComplete(Optional.empty()));
          return never.future();
        };
    HttpResponse<String> first = place("k1");
    assertEquals(202, first.statusCode(), first.body());
    assertEquals("PLACED", stage.body("placeOrder", first).getString("status"));
    assertEquals("/api/v1/orders/" + Bodies.ORDER, header(first, "Location"));
    placed(true);
    stage.tells(201, Bodies.confirmed());
    HttpResponse<String> repeat = place("k1");
    assertEquals(201, repeat.statusCode());
    assertEquals("true", header(repeat, "Idempotent-Replayed"));
  }

  @Test
  void the_same_request_has_the_same_command_and_fingerprint() throws Exception {
    placed(false);
    stage.tells(201, Bodies.confirmed());
    place("k1");
    var first = stage.ask(Place.class);
    place("k1");
    var repeat = stage.ask(Place.class);
    place("k2");
    var other = stage.ask(Place.class);
    stage.post(Role.MERCHANT, "/orders", "k1", Bodies.order(2).encode());
    var changed = stage.ask(Place.class);
    assertEquals(first.id(), repeat.id());
    assertEquals(first.key(), repeat.key());
    assertNotEquals(first.id().value(), other.id().value());
    assertEquals(first.id().value(), changed.id().value());
    assertNotEquals(first.key().fingerprint(), changed.key().fingerprint());
  }

  @Test
  void two_customers_may_choose_the_same_key() throws Exception {
    placed(false);
    stage.answered(ProductsBySku.class, new Products(List.of(product("GBP"))));
    stage.tells(201, Bodies.confirmed());
    stage.post(Role.CUSTOMER, "/orders", "k1", Bodies.ownOrder().encode());
    var one = stage.ask(Place.class);
    stage.send(
        stage
            .request("/orders")
            .header("Authorization", "Bearer " + stage.tokenOf("another"))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "k1")
            .POST(BodyPublishers.ofString(Bodies.ownOrder().encode())));
    assertNotEquals(one.id().value(), stage.ask(Place.class).id().value());
  }

  @Test
  void a_key_is_needed_and_a_used_one_is_refused() throws Exception {
    HttpResponse<String> missing =
        stage.send(
            stage
                .request("/orders")
                .header("Authorization", "Bearer " + stage.token(Role.MERCHANT))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Bodies.order(1).encode())));
    assertEquals(400, missing.statusCode());
    assertEquals("idempotency_key_missing", code(missing));
    stage.rejected(
        Place.class, Refusal.invalid("idempotency_key_reused", "Another body had the key."), false);
    HttpResponse<String> reused = place("k1");
    assertEquals(422, reused.statusCode());
    assertEquals("idempotency_key_reused", stage.body("placeOrder", reused).getString("code"));
  }

  @Test
  void a_number_that_is_recorded_tells_where() throws Exception {
    stage.rejected(
        Place.class, Refusal.conflict("already_recorded", "It is order " + Bodies.ORDER), true);
    stage.answered(OrderByNumber.class, Bodies.known("17850"));
    HttpResponse<String> answer = place("k2");
    assertEquals(409, answer.statusCode());
    assertEquals("already_recorded", code(answer));
    assertEquals("/api/v1/orders/" + Bodies.ORDER, header(answer, "Location"));
    assertEquals("true", header(answer, "Idempotent-Replayed"));
  }

  private static Product product(String currency) {
    return new Product(
        "84029G", "Bottle", new BigDecimal("4.25"), currency, null, true, 1, List.of());
  }

  @Test
  void a_customer_orders_for_itself_at_the_catalogues_price() throws Exception {
    placed(false);
    stage.tells(201, Bodies.confirmed());
    stage.answered(ProductsBySku.class, new Products(List.of(product("GBP"))));
    HttpResponse<String> answer =
        stage.post(Role.CUSTOMER, "/orders", "k1", Bodies.ownOrder().encode());
    assertEquals(201, answer.statusCode(), answer.body());
    Place command = stage.command(Place.class);
    assertEquals(new BigDecimal("4.25"), command.lines().getFirst().unitPrice());
    assertEquals(GatewayStage.CUSTOMER, command.customer());
    JsonObject foreign = Bodies.ownOrder().put("customer", "1");
    assertEquals(403, stage.post(Role.CUSTOMER, "/orders", "k2", foreign.encode()).statusCode());
  }

  @Test
  void what_has_no_price_in_the_catalogue_is_not_ordered() throws Exception {
    stage.answered(ProductsBySku.class, new Products(List.of()));
    HttpResponse<String> unknown =
        stage.post(Role.CUSTOMER, "/orders", "k1", Bodies.ownOrder().encode());
    assertEquals(422, unknown.statusCode());
    assertEquals("unknown_product", code(unknown));
    stage.answered(ProductsBySku.class, new Products(List.of(product("EUR"))));
    HttpResponse<String> euros =
        stage.post(Role.CUSTOMER, "/orders", "k1", Bodies.ownOrder().encode());
    assertEquals("currency_mismatch", code(euros));
  }

  @Test
  void what_only_a_merchant_may_name_is_refused_to_a_customer() throws Exception {
    for (String field : List.of("placedAt", "source", "externalNumber", "ipReputation")) {
      JsonObject body = Bodies.ownOrder().put(field, Bodies.order(1).getValue(field));
      HttpResponse<String> answer = stage.post(Role.CUSTOMER, "/orders", "k1", body.encode());
      assertEquals(403, answer.statusCode(), field);
      assertEquals("merchant_role_needed", code(answer));
      assertTrue(detail(answer).startsWith(field), detail(answer));
    }
    JsonObject priced = Bodies.ownOrder();
    priced.getJsonArray("lines").getJsonObject(0).put("unitPrice", "0.01");
    assertEquals(
        "merchant_role_needed", code(stage.post(Role.CUSTOMER, "/orders", "k1", priced.encode())));
  }

  @Test
  void an_outage_is_503_a_passed_deadline_504_and_a_bug_tells_nothing() throws Exception {
    stage.on(Place.class, body -> Future.failedFuture(Unavailable.overloaded("the lane of order")));
    HttpResponse<String> full = place("k1");
    assertEquals(503, full.statusCode());
    assertEquals("1", header(full, "Retry-After"));
    assertTrue(stage.body("placeOrder", full).getBoolean("retryable"));
    stage.on(Place.class, body -> Promise.promise().future());
    long begun = System.nanoTime();
    HttpResponse<String> late = place("k1");
    assertEquals(504, late.statusCode());
    assertEquals("1", header(late, "Retry-After"));
    assertTrue(Duration.ofNanos(System.nanoTime() - begun).compareTo(REQUEST.plusSeconds(1)) < 0);
    stage.on(
        Place.class,
        body -> Future.failedFuture(new IllegalStateException("SELECT secret FROM orders.line")));
    HttpResponse<String> bug = place("k1");
    assertEquals(500, bug.statusCode());
    JsonObject told = stage.body("placeOrder", bug);
    assertEquals("internal", told.getString("code"));
    assertFalse(bug.body().contains("SELECT") || bug.body().contains("Exception"), bug.body());
    stage.on(Place.class, body -> Future.failedFuture(new Parked("poison")));
    assertEquals("parked", code(place("k1")));
  }
}
