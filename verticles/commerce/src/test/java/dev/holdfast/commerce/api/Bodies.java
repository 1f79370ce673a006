package dev.holdfast.commerce.api;

import dev.holdfast.commerce.order.OrderProtocol.Order;
import dev.holdfast.commerce.order.OrderProtocol.OrderLine;
import dev.holdfast.commerce.order.OrderProtocol.Status;
import dev.holdfast.commerce.shared.Money;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Requests that are right, and what agents say of them. */
final class Bodies {
  static final UUID ORDER = UUID.fromString("3f1d2f6c-7a10-4c0e-9a37-0e6a51c05ee1");
  static final UUID RUN = UUID.fromString("3f1d2f6c-7a10-4c0e-9a37-0e6a51c05ee2");
  static final Instant TIME = Instant.parse("2010-12-01T08:26:00Z");

  private Bodies() {}

  /** An order as a merchant sends it. */
  static JsonObject order(int lines) {
    JsonArray array = new JsonArray();
    for (int i = 0; i < lines; i++) {
      array.add(
          new JsonObject()
              .put("sku", "84029G")
              .put("description", "KNITTED UNION FLAG HOT WATER BOTTLE " + i)
              .put("quantity", 6)
              .put("unitPrice", "3.39"));
    }
    return new JsonObject()
        .put("source", "shop")
        .put("externalNumber", "536365")
        .put("customer", "17850")
        .put("placedAt", "2010-12-01T08:26:00Z")
        .put("currency", "GBP")
        .put("lines", array)
        .put("billing", new JsonObject().put("country", "GB"))
        .put("shipping", new JsonObject().put("country", "GB"))
        .put("paymentMethod", "tok_1")
        .put("ipReputation", "GOOD");
  }

  /** An order as a customer sends it. */
  static JsonObject ownOrder() {
    return new JsonObject()
        .put("currency", "GBP")
        .put("lines", new JsonArray().add(new JsonObject().put("sku", "84029G").put("quantity", 2)))
        .put("paymentMethod", "tok_1");
  }

  static JsonObject aReturn() {
    return new JsonObject()
        .put("source", "shop")
        .put("externalNumber", "C536379")
        .put("customer", "17850")
        .put("currency", "GBP")
        .put("reason", "OTHER")
        .put("terms", "AS_RECORDED")
        .put("requestedAt", "2010-12-01T09:41:00Z")
        .put(
            "lines",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("sku", "84029G")
                        .put("units", 1)
                        .put("unitPrice", "3.39")));
  }

  static JsonObject confirmed() {
    return new JsonObject()
        .put("id", ORDER.toString())
        .put("status", "CONFIRMED")
        .put("total", new JsonObject().put("minor", 2034).put("currency", "GBP"))
        .put("run", RUN.toString());
  }

  /** An order of this customer in the order agent's words. */
  static Order known(String customer) {
    return new Order(
        ORDER,
        "shop",
        "536365",
        customer,
        Status.CONFIRMED,
        null,
        null,
        TIME,
        null,
        new Money(2034, "GBP"),
        null,
        null,
        RUN,
        3,
        List.of(new OrderLine(1, "84029G", null, 6, new BigDecimal("3.39"), 2034, 0)));
  }
}
