package dev.holdfast.launcher.days;

import dev.holdfast.commerce.shared.Units;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Documents as requests to the public API. */
final class Requests {
  /** The provider's token of a payment that goes well. */
  static final String GOOD_PAYMENT = "tok_ok";

  private final String source;

  /**
   * Requests about documents from one place.
   *
   * @param source what that place is called in the books
   */
  Requests(String source) {
    this.source = source;
  }

  /** The key of a document: whenever it comes again, it is the same request. */
  String key(Document document) {
    return source + "/" + document.number();
  }

  /** What a file says it cannot be read, under the place where it stands. */
  String key(Document.Unreadable document, DayFile file) {
    return document.number().isEmpty()
        ? "unreadable/" + file.digest() + "/" + document.line()
        : "unreadable/" + key(document);
  }

  Map<String, Object> order(Document.Order order) {
    Map<String, Object> body = document(order.number());
    put(body, "customer", order.customer());
    body.put("placedAt", order.at().toString());
    body.put("currency", DayFile.CURRENCY);
    body.put("lines", order.lines().stream().map(Requests::sold).toList());
    if (order.country() != null) {
      body.put("billing", Map.of("country", order.country()));
      body.put("shipping", Map.of("country", order.country()));
    }
    body.put("paymentMethod", GOOD_PAYMENT);
    return body;
  }

  private static Map<String, Object> sold(DocumentLine line) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("sku", line.sku());
    put(body, "description", line.description());
    body.put("quantity", line.quantity());
    body.put("unitPrice", plain(line.unitPrice()));
    return body;
  }

  Map<String, Object> returned(Document.Return given) {
    Map<String, Object> body = document(given.number());
    put(body, "customer", given.customer());
    body.put("lines", given.lines().stream().map(Requests::brought).toList());
    body.put("currency", DayFile.CURRENCY);
    body.put("reason", "OTHER");
    body.put("requestedAt", given.at().toString());
    body.put("terms", "AS_RECORDED");
    return body;
  }

  private static Map<String, Object> brought(DocumentLine line) {
    return Map.of(
        "sku", line.sku(), "units", -line.quantity(), "unitPrice", plain(line.unitPrice()));
  }

  Map<String, Object> adjustment(Document.StockAdjustment adjustment) {
    Map<String, Object> body = document(adjustment.number());
    body.put(
        "lines",
        adjustment.lines().stream()
            .map(line -> Map.of("sku", line.sku(), "units", line.quantity()))
            .toList());
    body.put("reason", adjustment.reason());
    return body;
  }

  Map<String, Object> entry(Document.LedgerAdjustment entry) {
    Map<String, Object> body = document(entry.number());
    body.put("amount", plain(BigDecimal.valueOf(entry.amountMinor(), 2)));
    body.put("currency", DayFile.CURRENCY);
    body.put("description", entry.description());
    body.put("bookedAt", entry.at().toString());
    return body;
  }

  Map<String, Object> unreadable(Document.Unreadable document) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("source", source);
    if (!document.number().isEmpty()) {
      body.put("externalNumber", document.number());
    }
    body.put("file", document.file());
    body.put("line", document.line());
    body.put("reason", document.reason());
    return body;
  }

  static Map<String, Object> opening(List<Units> lines) {
    return lines(lines, line -> Map.of("sku", line.sku(), "units", line.units()), "lines");
  }

  static Map<String, Object> products(List<Catalogue.Product> products) {
    return lines(products, Requests::product, "products");
  }

  private static Map<String, Object> product(Catalogue.Product product) {
    return Map.of(
        "sku", product.sku(),
        "name", product.name(),
        "unitPrice", plain(product.unitPrice()),
        "currency", DayFile.CURRENCY,
        "weightGrams", Catalogue.UNIT_GRAMS);
  }

  private static <T> Map<String, Object> lines(
      List<T> items, Function<T, Map<String, Object>> line, String name) {
    return Map.of(name, items.stream().map(line).toList());
  }

  private Map<String, Object> document(String number) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("source", source);
    body.put("externalNumber", number);
    return body;
  }

  private static void put(Map<String, Object> body, String field, String value) {
    if (value != null) {
      body.put(field, value);
    }
  }

  private static String plain(BigDecimal amount) {
    return amount.toPlainString();
  }
}
