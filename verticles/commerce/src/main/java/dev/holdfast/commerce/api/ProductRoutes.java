package dev.holdfast.commerce.api;

import dev.holdfast.commerce.api.Snapshots.Seen;
import dev.holdfast.commerce.product.ProductProtocol.ChangePrice;
import dev.holdfast.commerce.product.ProductProtocol.Draft;
import dev.holdfast.commerce.product.ProductProtocol.Import;
import dev.holdfast.commerce.product.ProductProtocol.PastPrice;
import dev.holdfast.commerce.product.ProductProtocol.Product;
import dev.holdfast.commerce.product.ProductProtocol.ProductBySku;
import dev.holdfast.commerce.product.ProductProtocol.ProductPage;
import dev.holdfast.commerce.product.ProductProtocol.Products;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The catalogue over HTTP. */
final class ProductRoutes {
  private static final String LIST = "products";

  private final Agents agents;
  private final Pages pages;
  private final Snapshots snapshots;

  ProductRoutes(Agents agents, Pages pages, Snapshots snapshots) {
    this.agents = agents;
    this.pages = pages;
    this.snapshots = snapshots;
  }

  Map<String, Function<ApiCall, Future<ApiAnswer>>> handlers() {
    return Map.of(
        "importProducts", this::imports,
        "listProducts", this::list,
        "getProduct", this::get,
        "changePrice", this::changePrice);
  }

  private Future<ApiAnswer> imports(ApiCall call) {
    List<Draft> drafts = Form.list(call.body().getJsonArray("products"), ProductRoutes::draft);
    return agents
        .done(call, new Import(call.merchant(), agents.idOf(call).value(), drafts))
        .map(
            imported ->
                ApiAnswer.ok(
                    new JsonObject()
                        .put("booking", imported.booking().toString())
                        .put("created", imported.created())
                        .put("known", imported.known())));
  }

  private static Draft draft(JsonObject product) {
    return new Draft(
        Form.code(product, "products"),
        product.getString("name"),
        Form.decimal(product, "unitPrice"),
        product.getString("currency"),
        product.getInteger("weightGrams"));
  }

  private Future<ApiAnswer> list(ApiCall call) {
    return agents
        .query(call, new ProductPage(call.merchant(), pages.after(call, LIST), call.limit()))
        .map(Products::products)
        .map(
            products ->
                pages.page(
                    call, LIST, products, ProductRoutes::head, product -> List.of(product.sku())));
  }

  private Future<ApiAnswer> get(ApiCall call) {
    String sku = call.path("sku");
    return snapshots
        .ask(
            Snapshots.product(call.merchant(), sku),
            Product.class,
            () ->
                agents
                    .query(call, new ProductBySku(call.merchant(), sku))
                    .onSuccess(
                        product -> snapshots.keep(Snapshots.price(call.merchant(), sku), product)))
        .map(seen -> call.versioned(whole(call, seen), seen.value().version()));
  }

  private JsonObject whole(ApiCall call, Seen<Product> seen) {
    Product product = seen.value();
    JsonObject body =
        head(product).put("history", Form.array(product.history(), ProductRoutes::past));
    return snapshots.dated(call, body, seen);
  }

  private Future<ApiAnswer> changePrice(ApiCall call) {
    ChangePrice change =
        new ChangePrice(
            call.merchant(),
            call.path("sku"),
            Form.decimal(call.body(), "unitPrice"),
            call.expectedVersion(),
            call.body().getString("reason"));
    return agents
        .done(call, change)
        .map(
            changed ->
                ApiAnswer.ok(
                        new JsonObject()
                            .put("sku", changed.sku())
                            .put("unitPrice", Form.text(changed.unitPrice()))
                            .put("version", changed.version()))
                    .tagged(changed.version()));
  }

  private static JsonObject head(Product product) {
    return Form.present(
        new JsonObject()
            .put("sku", product.sku())
            .put("name", product.name())
            .put("unitPrice", Form.text(product.unitPrice()))
            .put("currency", product.currency())
            .put("weightGrams", product.weightGrams())
            .put("stocked", product.stocked())
            .put("version", product.version()));
  }

  private static JsonObject past(PastPrice past) {
    return Form.present(
        new JsonObject()
            .put("unitPrice", Form.text(past.unitPrice()))
            .put("from", Form.text(past.from()))
            .put("reason", past.reason()));
  }
}
