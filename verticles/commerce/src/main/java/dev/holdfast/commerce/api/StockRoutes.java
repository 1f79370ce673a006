package dev.holdfast.commerce.api;

import dev.holdfast.commerce.inventory.InventoryProtocol.Adjust;
import dev.holdfast.commerce.inventory.InventoryProtocol.Moved;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockLevel;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockLevels;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockOf;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockPage;
import dev.holdfast.commerce.inventory.InventoryProtocol.WarehouseStock;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Stock over HTTP. */
final class StockRoutes {
  private static final String LIST = "stock";

  private final Agents agents;
  private final Pages pages;

  StockRoutes(Agents agents, Pages pages) {
    this.agents = agents;
    this.pages = pages;
  }

  Map<String, Function<ApiCall, Future<ApiAnswer>>> handlers() {
    return Map.of(
        "openStock", this::open,
        "adjustStock", this::adjust,
        "listStock", this::list,
        "getStock", this::get);
  }

  private Future<ApiAnswer> open(ApiCall call) {
    OpenStock open =
        new OpenStock(
            call.merchant(),
            agents.idOf(call).value(),
            Form.units(call.body().getJsonArray("lines")));
    return agents.done(call, open).map(StockRoutes::moved);
  }

  private Future<ApiAnswer> adjust(ApiCall call) {
    JsonObject body = call.body();
    Adjust adjust =
        new Adjust(
            call.merchant(),
            agents.idOf(call).value(),
            body.getString("source"),
            body.getString("externalNumber"),
            Form.units(body.getJsonArray("lines")),
            body.getString("reason"));
    return agents.done(call, adjust).map(StockRoutes::moved);
  }

  private static ApiAnswer moved(Moved moved) {
    return ApiAnswer.ok(
        new JsonObject()
            .put("booking", moved.booking().toString())
            .put("units", moved.units())
            .put("shortUnits", moved.shortUnits()));
  }

  private Future<ApiAnswer> list(ApiCall call) {
    return agents
        .query(call, new StockPage(call.merchant(), pages.after(call, LIST), call.limit()))
        .map(StockLevels::levels)
        .map(
            levels ->
                pages.page(call, LIST, levels, StockRoutes::level, level -> List.of(level.sku())));
  }

  private Future<ApiAnswer> get(ApiCall call) {
    return agents
        .query(call, new StockOf(call.merchant(), call.path("sku")))
        .map(StockRoutes::level)
        .map(ApiAnswer::ok);
  }

  private static JsonObject level(StockLevel level) {
    return new JsonObject()
        .put("sku", level.sku())
        .put("onHand", level.onHand())
        .put("reserved", level.reserved())
        .put("warehouses", Form.array(level.warehouses(), StockRoutes::warehouse));
  }

  private static JsonObject warehouse(WarehouseStock stock) {
    return new JsonObject()
        .put("warehouse", stock.warehouse())
        .put("onHand", stock.onHand())
        .put("reserved", stock.reserved());
  }
}
