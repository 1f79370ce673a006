package dev.holdfast.commerce.api;

import static dev.holdfast.commerce.api.GatewayStage.code;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.commerce.aftersales.AftersalesProtocol;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Condition;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Inspect;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Inspected;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.RequestReturn;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Return;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnById;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnByNumber;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnLine;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnOpened;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnReason;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Terms;
import dev.holdfast.commerce.order.OrderProtocol.OrderById;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Returns over HTTP: what goes to the agent, what comes back, who sees it. */
class ReturnAnswersTest extends ApiFixture {
  private static final UUID ID = Bodies.ORDER;
  private static final Money MONEY = new Money(339, "GBP");

  private static void returns() {
    stage.done(
        RequestReturn.class, new ReturnOpened(ID, "RMA-20101201-1", Bodies.RUN, MONEY), false);
    stage.tells(
        201,
        new JsonObject()
            .put("id", ID.toString())
            .put("status", "REFUNDED")
            .put("refund", new JsonObject().put("minor", 339).put("currency", "GBP"))
            .put("run", Bodies.RUN.toString()));
  }

  @Test
  void a_return_is_decided_by_its_run_and_has_a_number_for_people() throws Exception {
    returns();
    JsonObject decided = post("requestReturn", "/returns", Bodies.aReturn().encode());
    assertEquals("RMA-20101201-1", decided.getString("rma"));
    assertEquals("REFUNDED", decided.getString("status"));
    assertEquals(Terms.AS_RECORDED, stage.command(RequestReturn.class).terms());
    stage.clear();
    stage.done(
        RequestReturn.class, new ReturnOpened(ID, "RMA-20101201-1", Bodies.RUN, MONEY), false);
    JsonObject open = post("requestReturn", "/returns", Bodies.aReturn().encode());
    assertEquals("OPEN", open.getString("status"));
  }

  @Test
  void a_customers_return_takes_the_prices_of_its_order() throws Exception {
    returns();
    stage.answered(OrderById.class, Bodies.known(GatewayStage.CUSTOMER));
    JsonObject body =
        new JsonObject()
            .put("order", ID.toString())
            .put("currency", "GBP")
            .put("reason", "CHANGED_MIND")
            .put(
                "lines",
                new JsonArray().add(new JsonObject().put("sku", "84029G").put("units", 1)));
    assertEquals(201, stage.post(Role.CUSTOMER, "/returns", "k", body.encode()).statusCode());
    RequestReturn asked = stage.command(RequestReturn.class);
    assertEquals(new BigDecimal("3.39"), asked.lines().getFirst().unitPrice());
    assertEquals(Terms.POLICY, asked.terms());
    body.getJsonArray("lines").getJsonObject(0).put("sku", "22423");
    assertEquals(
        "unknown_purchase", code(stage.post(Role.CUSTOMER, "/returns", "k", body.encode())));
    body.remove("order");
    assertEquals("invalid_order", code(stage.post(Role.CUSTOMER, "/returns", "k", body.encode())));
    assertEquals(
        "merchant_role_needed",
        code(
            stage.post(Role.CUSTOMER, "/returns", "k", body.put("terms", "AS_RECORDED").encode())));
    stage.answered(OrderById.class, Bodies.known("another"));
    body.put("order", ID.toString()).put("terms", "POLICY");
    assertEquals(404, stage.post(Role.CUSTOMER, "/returns", "k", body.encode()).statusCode());
  }

  private static Return known(String customer) {
    return new Return(
        ID,
        "RMA-20101201-1",
        "shop",
        "C536379",
        customer,
        null,
        AftersalesProtocol.Status.REFUSED,
        "unknown_purchase",
        "It was never bought.",
        ReturnReason.OTHER,
        MONEY,
        null,
        Bodies.TIME,
        Bodies.RUN,
        2,
        List.of(new ReturnLine("84029G", 1, new BigDecimal("3.39"))));
  }

  @Test
  void returns_are_seen_by_their_own() throws Exception {
    stage.answered(ReturnById.class, known("17850"));
    JsonObject found = get("getReturn", "/returns/" + ID);
    assertEquals("unknown_purchase", found.getJsonObject("refusal").getString("code"));
    assertEquals(200, stage.get(Role.CUSTOMER, "/returns/" + ID).statusCode());
    stage.answered(ReturnById.class, known(null));
    assertEquals(404, stage.get(Role.CUSTOMER, "/returns/" + ID).statusCode());
    stage.answered(ReturnByNumber.class, known(null));
    String path = "/returns?source=shop&externalNumber=C536379";
    assertEquals(1, get("listReturns", path).getJsonArray("items").size());
    stage.rejected(
        RequestReturn.class, Refusal.conflict("already_recorded", "It is there."), false);
    HttpResponse<String> again =
        stage.post(Role.MERCHANT, "/returns", "k", Bodies.aReturn().encode());
    assertEquals("/api/v1/returns/" + ID, again.headers().firstValue("Location").orElseThrow());
    stage.done(Inspect.class, new Inspected(ID, Condition.USED), false);
    post("inspectReturn", "/returns/" + ID + "/inspection", "{'condition':'USED'}");
    assertEquals(Condition.USED, stage.command(Inspect.class).condition());
  }
}
