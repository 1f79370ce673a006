package dev.holdfast.commerce.api;

import dev.holdfast.commerce.order.OrderProtocol.IpReputation;
import dev.holdfast.commerce.order.OrderProtocol.Line;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.product.ProductProtocol.Product;
import dev.holdfast.commerce.product.ProductProtocol.Products;
import dev.holdfast.commerce.product.ProductProtocol.ProductsBySku;
import dev.holdfast.journal.Snapshot;
import dev.holdfast.web.Problem;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From the body of {@code POST /orders} to the order agent's command. */
final class NewOrders {
  private final Agents agents;
  private final Snapshots snapshots;

  NewOrders(Agents agents, Snapshots snapshots) {
    this.agents = agents;
    this.snapshots = snapshots;
  }

  /**
   * What is to be asked.
   *
   * @param condition the prices it rests on when the catalogue could not be asked; then it must be
   *     an intent, whose prices are looked at again
   */
  record NewOrder(Place place, Optional<PriceCondition> condition) {}

  /** Products, and whether the catalogue itself told them. */
  private record Priced(List<Product> products, boolean asked) {}

  /**
   * The command; lines without a price take the catalogue's, or in an outage the last that it told.
   *
   * @return fails with 403 when the caller names what is the merchant's to name, with 422 {@code
   *     unknown_product} or {@code currency_mismatch} when the catalogue has no such price
   */
  Future<NewOrder> command(ApiCall call) {
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
      return Future.succeededFuture(new NewOrder(place(call, Map.of()), Optional.empty()));
    }
    String currency = body.getString("currency");
    return prices(call, unpriced)
        .map(
            told -> {
              Map<String, Product> priced = priced(told.products(), unpriced, currency);
              return new NewOrder(place(call, priced), condition(told, priced, currency));
            });
  }

  private static Optional<PriceCondition> condition(
      Priced told, Map<String, Product> priced, String currency) {
    if (told.asked()) {
      return Optional.empty();
    }
    Map<String, BigDecimal> prices = new HashMap<>();
    priced.forEach((sku, product) -> prices.put(sku, product.unitPrice()));
    return Optional.of(new PriceCondition(currency, prices));
  }

  private Future<Priced> prices(ApiCall call, List<String> skus) {
    return snapshots.orElse(
        () ->
            agents
                .query(call, new ProductsBySku(call.merchant(), skus))
                .map(Products::products)
                .onSuccess(
                    products ->
                        products.forEach(
                            product ->
                                snapshots.keep(
                                    Snapshots.price(call.merchant(), product.sku()), product)))
                .map(products -> new Priced(products, true)),
        () -> kept(call, skus));
  }

  /** The last prices; empty when one of them is not known. */
  private Future<Optional<Priced>> kept(ApiCall call, List<String> skus) {
    List<Future<Optional<Snapshot<Product>>>> found =
        skus.stream()
            .map(sku -> snapshots.find(Snapshots.price(call.merchant(), sku), Product.class))
            .toList();
    return Future.all(found)
        .map(
            all ->
                found.stream().allMatch(one -> one.result().isPresent())
                    ? Optional.of(
                        new Priced(
                            found.stream().map(one -> one.result().get().value()).toList(), false))
                    : Optional.empty());
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
