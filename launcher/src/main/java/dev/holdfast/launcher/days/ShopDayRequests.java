package dev.holdfast.launcher.days;

import dev.holdfast.launcher.days.ShopDay.Giveback;
import dev.holdfast.launcher.days.ShopDay.Purchase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A generated day's orders and returns as requests to the public API. */
final class ShopDayRequests {
  private ShopDayRequests() {}

  static Map<String, Object> order(ShopDay day, Purchase order) {
    Map<String, Object> body = document(day, order.number());
    put(body, "customer", order.customer());
    put(body, "email", order.email());
    body.put("placedAt", order.at().toString());
    body.put("currency", DayFile.CURRENCY);
    body.put(
        "lines",
        order.lines().stream()
            .map(line -> Map.of("sku", line.sku(), "quantity", line.units()))
            .toList());
    body.put("billing", Map.of("country", order.billing()));
    body.put("shipping", Map.of("country", order.shipping()));
    body.put("paymentMethod", order.payment());
    body.put("ipReputation", order.isBadAddress() ? "BAD" : "GOOD");
    return body;
  }

  /**
   * A return from one order, at the prices it was charged.
   *
   * @param order its id
   */
  static Map<String, Object> giveback(ShopDay day, Giveback given, String order) {
    Map<String, Object> body = document(day, given.number());
    put(body, "customer", day.orders().get(given.order()).customer());
    body.put("order", order);
    body.put("lines", List.of(Map.of("sku", given.sku(), "units", given.units())));
    body.put("currency", DayFile.CURRENCY);
    body.put("reason", given.reason());
    body.put("requestedAt", given.at().toString());
    body.put("terms", given.isRecorded() ? "AS_RECORDED" : "POLICY");
    return body;
  }

  private static Map<String, Object> document(ShopDay day, String number) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("source", day.source());
    body.put("externalNumber", number);
    return body;
  }

  private static void put(Map<String, Object> body, String field, String value) {
    if (value != null) {
      body.put(field, value);
    }
  }
}
