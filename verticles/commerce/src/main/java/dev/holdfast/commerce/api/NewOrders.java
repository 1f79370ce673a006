package dev.holdfast.commerce.api;

import dev.holdfast.commerce.order.OrderProtocol.IpReputation;
import dev.holdfast.commerce.order.OrderProtocol.Line;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.product.ProductProtocol.Product;
import dev.holdfast.commerce.product.ProductProtocol.ProductsBySku;
import dev.holdfast.web.Problem;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From the body of {@code POST /orders} to the order agent's command. */
final class NewOrders {
  private final Agents agents;

  NewOrders(Agents agents) {
    this.agents = agents;
  }

  /**
   * The command; lines without a price take the catalogue's.
   *
   * @return fails with 403 when the caller names what is the merchant's to name, with 422 {@code
   *     unknown_product} or {@code currency_mismatch} when the catalogue has no such price
   */
  Future<Place> command(ApiCall call) {
    JsonObject body = call.body();
    call.needMerchantFor(body, "source", "externalNumber", "placedAt", "ipReputation");
    JsonArray lines = body.getJsonArray("lines");
    List<String> unpriced =
        Form.list(lines, line -> line).stream()
            .filter(line -> !line.containsKey("unitPrice"))
            .map(line -> line.getString("sku"))
            .distinct()
            .toList();
    Form.list(lines, line -> line).stream()
        .filter(line -> line.containsKey("unitPrice"))
        .findFirst()
        .ifPresent(line -> call.needMerchant("unitPrice"));
    if (unpriced.isEmpty()) {
      return Future.succeededFuture(place(call, Map.of()));
    }
    return agents
        .query(call, new ProductsBySku(call.merchant(), unpriced))
        .map(products -> priced(products.products(), unpriced, body.getString("currency")))
        .map(priced -> place(call, priced));
  }

  private static Map<String, Product> priced(
      List<Product> products, List<String> unpriced, String currency) {
    Map<String, Product> bySku = new HashMap<>();
    products.forEach(product -> bySku.put(product.sku(), product));
    for (String sku : unpriced) {
      Product product = bySku.get(sku);
      if (product == null) {
        throw Problem.of(422, "unknown_product", "There is no product " + sku + ".").asException();
      }
      if (!product.currency().equals(currency)) {
        throw Problem.of(
                422,
                "currency_mismatch",
                "The price of " + sku + " is in " + product.currency() + ".")
            .asException();
      }
    }
    return bySku;
  }

  private Place place(ApiCall call, Map<String, Product> priced) {
    JsonObject body = call.body();
    return new Place(
        call.merchant(),
        body.getString("source"),
        body.getString("externalNumber"),
        call.customerOf(body.getString("customer")),
        body.getString("email"),
        Form.time(body, "placedAt", agents.clock().now()),
        body.getString("currency"),
        Form.list(body.getJsonArray("lines"), line -> line(line, priced)),
        Form.address(body.getJsonObject("billing")),
        Form.address(body.getJsonObject("shipping")),
        body.getString("paymentMethod"),
        Form.choice(body, "ipReputation", IpReputation.class));
  }

  private static Line line(JsonObject line, Map<String, Product> priced) {
    String sku = line.getString("sku");
    return new Line(
        sku,
        line.getString("description"),
        line.getLong("quantity"),
        line.containsKey("unitPrice")
            ? Form.decimal(line, "unitPrice")
            : priced.get(sku).unitPrice());
  }
}
