package dev.holdfast.commerce.api;

import dev.holdfast.commerce.transport.TransportProtocol.Quote;
import dev.holdfast.commerce.transport.TransportProtocol.Quotes;
import dev.holdfast.commerce.transport.TransportProtocol.Shipment;
import dev.holdfast.commerce.transport.TransportProtocol.ShipmentOf;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Shipments over HTTP. */
final class ShipmentRoutes {
  private final Agents agents;

  ShipmentRoutes(Agents agents) {
    this.agents = agents;
  }

  Map<String, Function<ApiCall, Future<ApiAnswer>>> handlers() {
    return Map.of("getShipment", this::get, "quoteShipment", this::quote);
  }

  private Future<ApiAnswer> get(ApiCall call) {
    UUID order = call.pathId("order");
    return agents
        .ofOrder(call, order, new ShipmentOf(call.merchant(), order))
        .map(shipment -> ApiAnswer.ok(json(shipment)).tagged(shipment.version()));
  }

  private Future<ApiAnswer> quote(ApiCall call) {
    long grams = Long.parseLong(call.query("grams"));
    return agents
        .query(call, new Quotes(call.merchant(), call.query("country"), grams))
        .map(
            quotes ->
                ApiAnswer.ok(
                    new JsonObject()
                        .put("items", Form.array(quotes.quotes(), ShipmentRoutes::json))));
  }

  private static JsonObject json(Shipment shipment) {
    return Form.present(
        new JsonObject()
            .put("order", shipment.order().toString())
            .put("state", shipment.state().name())
            .put("carrier", shipment.carrier())
            .put("tracking", shipment.tracking())
            .put("cost", shipment.cost() == null ? null : Form.money(shipment.cost()))
            .put("createdAt", Form.text(shipment.createdAt()))
            .put("deliveredAt", Form.text(shipment.deliveredAt()))
            .put("version", shipment.version()));
  }

  private static JsonObject json(Quote quote) {
    return new JsonObject()
        .put("carrier", quote.carrier())
        .put("service", quote.service())
        .put("price", Form.money(quote.price()))
        .put("days", quote.days())
        .put("onTime", quote.onTime())
        .put("score", quote.score());
  }
}
