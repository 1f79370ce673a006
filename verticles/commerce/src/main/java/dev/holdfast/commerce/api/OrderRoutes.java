package dev.holdfast.commerce.api;

import dev.holdfast.commerce.api.ApiCall.DocumentNumber;
import dev.holdfast.commerce.api.Snapshots.Seen;
import dev.holdfast.commerce.order.OrderProtocol.Cancel;
import dev.holdfast.commerce.order.OrderProtocol.Order;
import dev.holdfast.commerce.order.OrderProtocol.OrderByNumber;
import dev.holdfast.commerce.order.OrderProtocol.OrderLine;
import dev.holdfast.commerce.order.OrderProtocol.OrderPage;
import dev.holdfast.commerce.order.OrderProtocol.Orders;
import dev.holdfast.commerce.order.OrderProtocol.RecordUnreadable;
import dev.holdfast.commerce.order.OrderProtocol.Status;
import dev.holdfast.web.Problem;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Orders over HTTP. */
final class OrderRoutes {
  private static final String PATH = "/orders/";

  private final Agents agents;
  private final Pages pages;
  private final OrderEntry entry;
  private final OrderIntents intents;
  private final Snapshots snapshots;

  OrderRoutes(
      Agents agents, Pages pages, OrderEntry entry, OrderIntents intents, Snapshots snapshots) {
    this.agents = agents;
    this.pages = pages;
    this.entry = entry;
    this.intents = intents;
    this.snapshots = snapshots;
  }

  Map<String, Function<ApiCall, Future<ApiAnswer>>> handlers() {
    return Map.of(
        OrderEntry.OPERATION,
        entry::place,
        "listOrders",
        this::list,
        "getOrder",
        this::get,
        "cancelOrder",
        this::cancel,
        "recordUnreadable",
        this::unreadable);
  }

  private Future<ApiAnswer> get(ApiCall call) {
    UUID id = call.pathId("id");
    return intents.isWaiting(call, id)
        ? intents.seen(call, id).map(Optional::orElseThrow)
        : snapshots
            .ask(Snapshots.order(call.merchant(), id), Order.class, () -> agents.order(call, id))
            .compose(seen -> versioned(call, seen))
            .recover(cause -> intents.seen(call, id).compose(known -> orFail(known, cause)));
  }

  private static Future<ApiAnswer> orFail(Optional<ApiAnswer> known, Throwable cause) {
    return known.map(Future::succeededFuture).orElseGet(() -> Future.failedFuture(cause));
  }

  private Future<ApiAnswer> versioned(ApiCall call, Seen<Order> seen) {
    Order order = seen.value();
    // What was kept may have been asked for by another caller.
    return isSeen(call, order)
        ? Future.succeededFuture(
            call.versioned(snapshots.dated(call, whole(order), seen), order.version()))
        : Future.failedFuture(Agents.noSuchOrder());
  }

  private Future<ApiAnswer> list(ApiCall call) {
    String customer = call.customerOf(call.query("customer"));
    Optional<DocumentNumber> number = call.number();
    if (number.isPresent()) {
      return one(call, number.get());
    }
    String status = call.query("status");
    String scope = "orders/" + customer + "/" + status;
    Optional<List<String>> before = pages.position(call, scope);
    OrderPage page =
        new OrderPage(
            call.merchant(),
            customer,
            status == null ? null : Status.valueOf(status),
            before.map(position -> Instant.parse(position.get(0))).orElse(null),
            before.map(position -> UUID.fromString(position.get(1))).orElse(null),
            call.limit());
    return agents
        .query(call, page)
        .map(Orders::orders)
        .map(orders -> pages.page(call, scope, orders, OrderRoutes::head, OrderRoutes::position));
  }

  private static List<String> position(Order order) {
    return List.of(order.placedAt().toString(), order.order().toString());
  }

  private Future<ApiAnswer> one(ApiCall call, DocumentNumber number) {
    Future<Order> found =
        agents.query(call, new OrderByNumber(call.merchant(), number.source(), number.number()));
    return Pages.one(found, order -> isSeen(call, order), OrderRoutes::head);
  }

  private static boolean isSeen(ApiCall call, Order order) {
    return call.customer().isEmpty() || call.customer().get().equals(order.customer());
  }

  private Future<ApiAnswer> cancel(ApiCall call) {
    UUID id = call.pathId("id");
    if (intents.isWaiting(call, id)) {
      throw Problem.of(409, "accepted_as_intent", "It is not confirmed yet; ask again later.")
          .asException();
    }
    Cancel cancel =
        new Cancel(call.merchant(), id, call.body().getString("reason"), call.expectedVersion());
    Future<?> seen = call.customer().isEmpty() ? Future.succeededFuture() : agents.order(call, id);
    return seen.compose(own -> agents.done(call, cancel))
        .map(
            changed ->
                ApiAnswer.of(
                        202,
                        new JsonObject()
                            .put("id", changed.order().toString())
                            .put("status", changed.status().name())
                            .put("version", changed.version()))
                    .at(PATH + id));
  }

  private Future<ApiAnswer> unreadable(ApiCall call) {
    JsonObject body = call.body();
    RecordUnreadable told =
        new RecordUnreadable(
            call.merchant(),
            body.getString("source"),
            body.getString("externalNumber"),
            body.getString("file"),
            body.getLong("line"),
            body.getString("reason"));
    return agents
        .done(call, told)
        .map(kept -> ApiAnswer.ok(new JsonObject().put("document", kept.document().toString())));
  }

  private static JsonObject whole(Order order) {
    return head(order).put("lines", Form.array(order.lines(), OrderRoutes::line));
  }

  private static JsonObject head(Order order) {
    return Form.present(
        new JsonObject()
            .put("id", order.order().toString())
            .put("source", order.source())
            .put("externalNumber", order.externalNumber())
            .put("customer", order.customer())
            .put("status", order.status().name())
            .put("refusal", Form.refusal(order.refusalCode(), order.refusalMessage()))
            .put("placedAt", Form.text(order.placedAt()))
            .put("deliveredAt", Form.text(order.deliveredAt()))
            .put("total", Form.money(order.total()))
            .put("carrier", order.carrier())
            .put("tracking", order.tracking())
            .put("run", order.run().toString())
            .put("version", order.version()));
  }

  private static JsonObject line(OrderLine line) {
    return Form.present(
        new JsonObject()
            .put("line", line.line())
            .put("sku", line.sku())
            .put("description", line.description())
            .put("quantity", line.quantity())
            .put("unitPrice", Form.text(line.unitPrice()))
            .put("amountMinor", line.amountMinor())
            .put("returnedUnits", line.returnedUnits()));
  }
}
