package dev.holdfast.commerce.api;

import static dev.holdfast.commerce.api.GatewayStage.code;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.holdfast.bus.QueryRefused;
import dev.holdfast.commerce.order.OrderProtocol.Cancel;
import dev.holdfast.commerce.order.OrderProtocol.Changed;
import dev.holdfast.commerce.order.OrderProtocol.OrderById;
import dev.holdfast.commerce.order.OrderProtocol.OrderByNumber;
import dev.holdfast.commerce.order.OrderProtocol.OrderPage;
import dev.holdfast.commerce.order.OrderProtocol.Orders;
import dev.holdfast.commerce.order.OrderProtocol.Status;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sees which orders, in which version, page by page. */
class OrderViewsTest {
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

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }

  @Test
  void a_customer_does_not_see_that_anothers_order_is_there() throws Exception {
    stage.answered(OrderById.class, Bodies.known("another"));
    HttpResponse<String> foreign = stage.get(Role.CUSTOMER, "/orders/" + Bodies.ORDER);
    stage.on(
        OrderById.class,
        body ->
            Future.failedFuture(
                new QueryRefused(
                    Refusal.notFound("unknown_order", "No such order in these books."))));
    HttpResponse<String> missing = stage.get(Role.CUSTOMER, "/orders/" + Bodies.ORDER);
    assertEquals(404, foreign.statusCode());
    assertEquals(missing.body(), foreign.body());
    stage.answered(OrderById.class, Bodies.known(GatewayStage.CUSTOMER));
    assertEquals(200, stage.get(Role.CUSTOMER, "/orders/" + Bodies.ORDER).statusCode());
    assertEquals(403, stage.get(Role.CUSTOMER, "/orders?customer=another").statusCode());
    stage.answered(OrderById.class, Bodies.known("another"));
    HttpResponse<String> cancel =
        stage.post(
            Role.CUSTOMER, "/orders/" + Bodies.ORDER + "/cancel", "k", "{\"reason\":\"late\"}");
    assertEquals(404, cancel.statusCode());
  }

  @Test
  void an_order_carries_its_version_and_a_changed_one_is_not_cancelled() throws Exception {
    stage.answered(OrderById.class, Bodies.known("17850"));
    HttpResponse<String> order = stage.get(Role.MERCHANT, "/orders/" + Bodies.ORDER);
    assertEquals("\"v3\"", header(order, "ETag"));
    JsonObject body = stage.body("getOrder", order);
    assertEquals("3.39", body.getJsonArray("lines").getJsonObject(0).getString("unitPrice"));
    assertEquals(
        304,
        stage
            .get(Role.MERCHANT, "/orders/" + Bodies.ORDER, "If-None-Match", "\"v3\"")
            .statusCode());
    String cancel = "/orders/" + Bodies.ORDER + "/cancel";
    stage.done(Cancel.class, new Changed(Bodies.ORDER, 4, Status.CONFIRMED), false);
    HttpResponse<String> taken =
        stage.post(Role.MERCHANT, cancel, "k", "{\"reason\":\"late\"}", "If-Match", "\"v3\"");
    assertEquals(202, taken.statusCode(), taken.body());
    assertEquals(3L, stage.command(Cancel.class).expectedVersion());
    stage.rejected(Cancel.class, Refusal.conflict("version_changed", "It is 4."), false);
    HttpResponse<String> late =
        stage.post(Role.MERCHANT, cancel, "k", "{\"reason\":\"late\"}", "If-Match", "\"v3\"");
    assertEquals(412, late.statusCode());
    HttpResponse<String> weak =
        stage.post(Role.MERCHANT, cancel, "k", "{\"reason\":\"late\"}", "If-Match", "W/\"v3\"");
    assertEquals(412, weak.statusCode());
  }

  @Test
  void a_page_leads_to_the_next_and_its_cursor_to_no_other_list() throws Exception {
    stage.answered(OrderPage.class, new Orders(List.of(Bodies.known("17850"))));
    HttpResponse<String> first = stage.get(Role.MERCHANT, "/orders?limit=1&status=CONFIRMED");
    JsonObject page = stage.body("listOrders", first);
    assertFalse(page.getJsonArray("items").getJsonObject(0).containsKey("lines"));
    String next = page.getString("next");
    HttpResponse<String> second =
        stage.get(Role.MERCHANT, "/orders?limit=1&status=CONFIRMED&cursor=" + next);
    assertEquals(200, second.statusCode(), second.body());
    OrderPage asked = stage.question(OrderPage.class);
    assertEquals(Bodies.TIME, asked.beforeAt());
    assertEquals(Bodies.ORDER, asked.beforeOrder());
    for (String elsewhere : List.of("/orders?status=HELD&cursor=", "/returns?cursor=")) {
      HttpResponse<String> refused = stage.get(Role.MERCHANT, elsewhere + next);
      assertEquals(400, refused.statusCode(), elsewhere);
      assertEquals("invalid_cursor", code(refused));
    }
    assertEquals(
        "invalid_cursor",
        code(stage.get(Role.CUSTOMER, "/orders?status=CONFIRMED&cursor=" + next)));
    stage.answered(OrderPage.class, new Orders(List.of()));
    HttpResponse<String> last = stage.get(Role.MERCHANT, "/orders?limit=1");
    assertFalse(stage.body("listOrders", last).containsKey("next"));
  }

  @Test
  void an_order_is_found_by_its_number_elsewhere() throws Exception {
    stage.answered(OrderByNumber.class, Bodies.known("17850"));
    String path = "/orders?source=shop&externalNumber=536365";
    JsonObject found = stage.body("listOrders", stage.get(Role.MERCHANT, path));
    assertEquals(1, found.getJsonArray("items").size());
    assertEquals(0, items(stage.get(Role.CUSTOMER, path), "another"));
    assertEquals(400, stage.get(Role.MERCHANT, "/orders?source=shop").statusCode());
  }

  private static int items(HttpResponse<String> own, String other) throws Exception {
    assertEquals(200, own.statusCode());
    stage.answered(OrderByNumber.class, Bodies.known(other));
    HttpResponse<String> foreign =
        stage.get(Role.CUSTOMER, "/orders?source=shop&externalNumber=536365");
    return stage.body("listOrders", foreign).getJsonArray("items").size();
  }

  @Test
  void an_admin_of_the_platform_names_the_merchant() throws Exception {
    stage.answered(OrderById.class, Bodies.known("17850"));
    String path = "/orders/" + Bodies.ORDER;
    String root = "Bearer " + stage.tokenOf(null);
    HttpResponse<String> without = stage.send(stage.request(path).header("Authorization", root));
    assertEquals("merchant_missing", code(without));
    HttpResponse<String> named =
        stage.send(
            stage.request(path).header("Authorization", root).header("Holdfast-Merchant", "9"));
    assertEquals(200, named.statusCode(), named.body());
    assertEquals(9, stage.question(OrderById.class).merchant());
    assertEquals(403, stage.get(Role.MERCHANT, path, "Holdfast-Merchant", "9").statusCode());
  }
}
