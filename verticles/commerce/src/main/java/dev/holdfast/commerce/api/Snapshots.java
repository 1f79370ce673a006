package dev.holdfast.commerce.api;

import dev.holdfast.journal.Snapshot;
import dev.holdfast.kernel.Clock;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Questions that are answered from the last answer when the database can't be asked. Every good
 * answer is kept.
 */
final class Snapshots {
  private final Fallback fallback;
  private final Patience patience;
  private final Clock clock;

  Snapshots(Fallback fallback, Patience patience, Clock clock) {
    this.fallback = fallback;
    this.patience = patience;
    this.clock = clock;
  }

  static String order(int merchant, UUID order) {
    return "order/" + merchant + "/" + order;
  }

  static String product(int merchant, String sku) {
    return "product/" + merchant + "/" + sku;
  }

  static String price(int merchant, String sku) {
    return "price/" + merchant + "/" + sku;
  }

  /**
   * An answer.
   *
   * @param snapshot empty when the agent itself gave the answer
   */
  record Seen<T>(T value, Optional<Snapshot<T>> snapshot) {
    static <T> Seen<T> now(T value) {
      return new Seen<>(value, Optional.empty());
    }

    static <T> Seen<T> then(Snapshot<T> snapshot) {
      return new Seen<>(snapshot.value(), Optional.of(snapshot));
    }
  }

  /** Asks, and keeps the answer; in an outage of the database, the one that was kept. */
  <T> Future<Seen<T>> ask(String key, Class<T> type, Supplier<Future<T>> question) {
    return orElse(
        () ->
            question
                .get()
                .onSuccess(answer -> fallback.snapshots().keep(key, answer))
                .map(Seen::now),
        () -> fallback.snapshots().find(key, type).map(found -> found.map(Seen::then)));
  }

  /** The body with the time of the snapshot, if it is one; then the answer has an age. */
  JsonObject dated(ApiCall call, JsonObject body, Seen<?> seen) {
    seen.snapshot()
        .ifPresent(
            snapshot -> {
              call.age(snapshot.age(clock.now()));
              body.put("asOf", Form.text(snapshot.asOf()));
            });
    return body;
  }

  void keep(String key, Object answer) {
    fallback.snapshots().keep(key, answer);
  }

  <T> Future<Optional<Snapshot<T>>> find(String key, Class<T> type) {
    return fallback.snapshots().find(key, type);
  }

  /**
   * Asks; in an outage of the database, the other answer. While it is known to be silent, the other
   * answer comes first.
   */
  <T> Future<T> orElse(Supplier<Future<T>> question, Supplier<Future<Optional<T>>> kept) {
    if (!fallback.isSilent()) {
      return patience
          .with(question.get())
          .recover(
              cause ->
                  OutageRules.isOfDatabase(cause, fallback.isSilent())
                      ? kept.get().compose(found -> orFail(found, cause))
                      : Future.failedFuture(cause));
    }
    return kept.get()
        .compose(
            found ->
                found.map(Future::succeededFuture).orElseGet(() -> patience.with(question.get())));
  }

  private static <T> Future<T> orFail(Optional<T> found, Throwable cause) {
    return found.map(Future::succeededFuture).orElseGet(() -> Future.failedFuture(cause));
  }
}
