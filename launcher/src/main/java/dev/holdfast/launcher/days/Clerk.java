package dev.holdfast.launcher.days;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.launcher.days.ShopClient.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Brings one document to the shop and says what became of it. Blocks; may be used by many. */
final class Clerk {
  private static final Set<String> KNOWN =
      Set.of("already_recorded", "idempotency_key_reused", "key_expired");

  private final ShopClient shop;
  private final Requests requests;
  private final String source;

  Clerk(ShopClient shop, String source) {
    this.shop = shop;
    this.source = source;
    this.requests = new Requests(source);
  }

  /** Books a document, whatever its class; brought again, it counts as booked. */
  Booking book(Document document, DayFile file) {
    return switch (document) {
      case Document.Order order ->
          followed(
              "orders", order, shop.post("/orders", requests.key(order), requests.order(order)));
      case Document.Return given ->
          followed(
              "returns",
              given,
              shop.post("/returns", requests.key(given), requests.returned(given)));
      case Document.StockAdjustment adjustment ->
          noted(
              adjustment,
              shop.post(
                  "/stock/adjustments", requests.key(adjustment), requests.adjustment(adjustment)));
      case Document.LedgerAdjustment entry ->
          noted(
              entry, shop.post("/ledger/adjustments", requests.key(entry), requests.entry(entry)));
      case Document.Unreadable unreadable ->
          noted(
              unreadable,
              shop.post(
                  "/documents/unreadable",
                  requests.key(unreadable, file),
                  requests.unreadable(unreadable)));
    };
  }

  /** An order or return: 201 and 202 are under way, 409 with an id was refused. */
  private Booking followed(String kind, Document document, Answer answer) {
    if (answer.status() == 201 || answer.status() == 202) {
      return Booking.at("/" + kind + "/" + answer.id());
    }
    if (KNOWN.contains(answer.code())) {
      return found(kind, document, answer);
    }
    return answer.status() == 409 && !answer.text("id").isEmpty()
        ? Booking.at("/" + kind + "/" + answer.id())
        : Booking.failed(trouble(document, answer));
  }

  private Booking found(String kind, Document document, Answer answer) {
    Answer page =
        shop.get(
            "/%s?source=%s&externalNumber=%s"
                .formatted(kind, encoded(source), encoded(document.number())));
    JsonNode first = page.body().path("items").path(0).path("id");
    return first.isTextual()
        ? Booking.at("/" + kind + "/" + first.asText())
        : Booking.failed(trouble(document, answer));
  }

  private static Booking noted(Document document, Answer answer) {
    return answer.status() < 300 || KNOWN.contains(answer.code())
        ? Booking.done()
        : Booking.failed(trouble(document, answer));
  }

  private static String trouble(Document document, Answer answer) {
    return "%s was answered %d %s: %s"
        .formatted(document.number(), answer.status(), answer.code(), answer.text("detail"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
