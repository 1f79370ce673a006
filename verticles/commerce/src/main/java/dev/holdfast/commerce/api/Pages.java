package dev.holdfast.commerce.api;

import dev.holdfast.bus.QueryRefused;
import dev.holdfast.web.Cursors;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Lists page by page. A cursor holds for its own list, tenant, caller and filters alone. */
final class Pages {
  private final Cursors cursors;

  Pages(Cursors cursors) {
    this.cursors = cursors;
  }

  /**
   * Where the page begins: the sort keys of the last entry of the page before.
   *
   * @param scope what the list is, with its filters
   */
  Optional<List<String>> position(ApiCall call, String scope) {
    return Optional.ofNullable(call.query("cursor"))
        .map(cursor -> cursors.decode(bound(call, scope), cursor));
  }

  /** The single sort key of a list that is sorted by one; null for the first page. */
  String after(ApiCall call, String scope) {
    return position(call, scope).map(List::getFirst).orElse(null);
  }

  /** The page's answer; it has a next one when it is full. */
  <T> ApiAnswer page(
      ApiCall call,
      String scope,
      List<T> entries,
      Function<T, JsonObject> json,
      Function<T, List<String>> position) {
    JsonArray items = new JsonArray();
    entries.forEach(entry -> items.add(json.apply(entry)));
    JsonObject page = new JsonObject().put("items", items);
    if (!entries.isEmpty() && entries.size() >= call.limit()) {
      page.put("next", cursors.encode(bound(call, scope), position.apply(entries.getLast())));
    }
    return ApiAnswer.ok(page);
  }

  /**
   * The list of the one entry that was asked for; empty when there is none, or it is not the
   * caller's to see.
   */
  static <T> Future<ApiAnswer> one(
      Future<T> found, Predicate<T> isSeen, Function<T, JsonObject> json) {
    return found
        .map(entry -> isSeen.test(entry) ? List.of(entry) : List.<T>of())
        .recover(
            failure ->
                failure instanceof QueryRefused
                    ? Future.succeededFuture(List.of())
                    : Future.failedFuture(failure))
        .map(entries -> ApiAnswer.ok(new JsonObject().put("items", Form.array(entries, json))));
  }

  private static String bound(ApiCall call, String scope) {
    return scope + "/" + call.merchant() + "/" + call.customer().orElse("");
  }
}
