package dev.holdfast.commerce.api;

import dev.holdfast.commerce.aftersales.AftersalesProtocol.RequestReturn;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnLine;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnReason;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Terms;
import dev.holdfast.commerce.order.OrderProtocol.Order;
import dev.holdfast.commerce.order.OrderProtocol.OrderLine;
import dev.holdfast.web.Problem;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** From the body of {@code POST /returns} to the aftersales agent's command. */
final class NewReturns {
  private final Agents agents;

  NewReturns(Agents agents) {
    this.agents = agents;
  }

  /**
   * The command. What is refunded for a unit is the merchant's to name; without it, it is the least
   * that the order named was charged for the code, free items not counted.
   *
   * @return fails with 403 when the caller names what is the merchant's to name, with 422 {@code
   *     invalid_order} when no order is named to take prices from, with 409 {@code
   *     unknown_purchase} when it has no such code, with 404 when there is no such order
   */
  Future<RequestReturn> command(ApiCall call) {
    JsonObject body = call.body();
    call.needMerchantFor(body, "source", "externalNumber", "requestedAt");
    if ("AS_RECORDED".equals(body.getString("terms"))) {
      call.needMerchant("terms");
    }
    List<JsonObject> lines = Form.list(body.getJsonArray("lines"), line -> line);
    if (lines.stream().anyMatch(line -> line.containsKey("unitPrice"))) {
      call.needMerchant("unitPrice");
    }
    if (lines.stream().allMatch(line -> line.containsKey("unitPrice"))) {
      return Future.succeededFuture(request(call, Map.of()));
    }
    if (!body.containsKey("order")) {
      return Future.failedFuture(
          Problem.of(422, "invalid_order", "order must be there to take the prices from.")
              .asException());
    }
    return agents
        .order(call, UUID.fromString(body.getString("order")))
        .map(order -> request(call, charged(order, body.getString("currency"))));
  }

  private static Map<String, BigDecimal> charged(Order order, String currency) {
    if (!order.total().currency().equals(currency)) {
      throw Problem.of(
              422, "currency_mismatch", "The order is in " + order.total().currency() + ".")
          .asException();
    }
    Map<String, BigDecimal> charged = new HashMap<>();
    for (OrderLine line : order.lines()) {
      charged.merge(line.sku(), line.unitPrice(), NewReturns::least);
    }
    return charged;
  }

  private static BigDecimal least(BigDecimal one, BigDecimal other) {
    if (one.signum() == 0 || other.signum() == 0) {
      return one.max(other);
    }
    return one.min(other);
  }

  private RequestReturn request(ApiCall call, Map<String, BigDecimal> charged) {
    JsonObject body = call.body();
    Terms terms = Form.choice(body, "terms", Terms.class);
    String order = body.getString("order");
    return new RequestReturn(
        call.merchant(),
        body.getString("source"),
        body.getString("externalNumber"),
        call.customerOf(body.getString("customer")),
        order == null ? null : UUID.fromString(order),
        Form.list(body.getJsonArray("lines"), line -> line(line, charged)),
        body.getString("currency"),
        Form.choice(body, "reason", ReturnReason.class),
        Form.time(body, "requestedAt", agents.clock().now()),
        terms == null ? Terms.POLICY : terms);
  }

  private static ReturnLine line(JsonObject line, Map<String, BigDecimal> charged) {
    String sku = line.getString("sku");
    BigDecimal price =
        line.containsKey("unitPrice") ? Form.decimal(line, "unitPrice") : charged.get(sku);
    if (price == null) {
      throw Problem.of(409, "unknown_purchase", "The order has no " + sku + ".").asException();
    }
    return new ReturnLine(sku, line.getLong("units"), price);
  }
}
