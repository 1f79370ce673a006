package dev.holdfast.commerce.api;

import dev.holdfast.bus.HttpKey;
import dev.holdfast.bus.ProtocolNames;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.commerce.api.NewOrders.NewOrder;
import dev.holdfast.commerce.order.OrderProtocol.Line;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.journal.Intent;
import dev.holdfast.journal.IntentStanding;
import dev.holdfast.journal.IntentValue;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalErrors;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.web.Problem;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Orders that are accepted before they can be entered. An intent is the very command that the order
 * agent would have been asked, under the same id and key: if that one was committed after all, the
 * drain meets its reply.
 */
final class OrderIntents {
  private static final String PATH = "/orders/";
  private static final String WAITS = "ACCEPTED_AS_INTENT";

  private final Fallback fallback;
  private final Clock clock;
  private final Patience patience;

  OrderIntents(Fallback fallback, Clock clock, Patience patience) {
    this.fallback = fallback;
    this.clock = clock;
    this.patience = patience;
  }

  /** Whether orders may wait at all. */
  boolean areTaken() {
    return fallback.journal().isPresent();
  }

  /** The answer to a request whose intent waits; empty when none does. */
  Optional<ApiAnswer> repeated(ApiCall call) {
    return fallback
        .waiting(call.keyName())
        .map(
            intent -> {
              call.replayed();
              return answer(call.httpKey(), intent);
            });
  }

  /** Accepts an order as an intent; an outage when orders may not wait. */
  Future<ApiAnswer> accept(ApiCall call, CommandId id, NewOrder order) {
    return fallback
        .journal()
        .map(journal -> accept(journal, call, intent(id, call, order)))
        .orElseGet(
            () -> Future.failedFuture(new Unavailable(JournalErrors.OFF, "orders may not wait")));
  }

  private Future<ApiAnswer> accept(Journal journal, ApiCall call, Intent intent) {
    Duration left = Duration.ofMillis(call.deadline().remainingMillis(clock));
    // A disk that stands still is an outage in time; what it writes later, the repeat finds.
    return patience
        .with(journal.accept(intent), left, "the journal")
        .map(
            standing -> {
              if (!standing.acceptedAt().equals(intent.acceptedAt())) {
                call.replayed();
              }
              return answer(intent.key(), standing);
            });
  }

  /**
   * Accepts an order that its agent could not answer for, when that is the database's doing; the
   * failure otherwise, and also when the journal does not take it.
   */
  Future<ApiAnswer> acceptAfter(Throwable cause, ApiCall call, CommandId id, NewOrder order) {
    return areTaken() && OutageRules.isOfDatabase(cause, fallback.isSilent())
        ? accept(call, id, order)
            .recover(
                refused -> Future.failedFuture(refused instanceof Unavailable ? cause : refused))
        : Future.failedFuture(cause);
  }

  private Intent intent(CommandId id, ApiCall call, NewOrder order) {
    Place place = order.place();
    String lane = place.parkingKey() == null ? id.value().toString() : place.parkingKey();
    return new Intent(
        id,
        call.httpKey(),
        place.merchant() + "/" + lane,
        ProtocolNames.typeOf(Place.class),
        RecordJson.write(place),
        order.condition().map(RecordJson::write).orElse(null),
        value(place),
        place.customer(),
        clock.now(),
        call.trace().traceparent());
  }

  private static IntentValue value(Place place) {
    Money total = Money.zero(place.currency());
    for (Line line : place.lines()) {
      total = total.plus(Money.ofLine(line.quantity(), line.unitPrice(), place.currency()));
    }
    return new IntentValue(total.minor(), total.currency());
  }

  private ApiAnswer answer(HttpKey key, IntentStanding intent) {
    if (!intent.key().fingerprint().equals(key.fingerprint())) {
      throw Problem.of(HttpKey.reused()).asException();
    }
    if (intent.end() == IntentStanding.End.REFUSED) {
      throw Problem.of(intent.why()).asException();
    }
    return ApiAnswer.of(202, body(intent)).at(PATH + intent.id().value());
  }

  /** Where an order stands that only the journal knows of; empty when it does not either. */
  Future<Optional<ApiAnswer>> seen(ApiCall call, UUID id) {
    return fallback
        .journal()
        .map(journal -> journal.find(id).otherwise(Optional.empty()))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()))
        .map(found -> found.filter(intent -> mayBeSeen(call, intent)).map(this::body))
        .map(found -> found.map(ApiAnswer::ok));
  }

  /** Whether the caller may see an order that waits. */
  boolean isWaiting(ApiCall call, UUID id) {
    return fallback.waiting(id).filter(intent -> mayBeSeen(call, intent)).isPresent();
  }

  private static boolean mayBeSeen(ApiCall call, IntentStanding intent) {
    return intent.key().merchant() == call.merchant()
        && (call.customer().isEmpty() || call.customer().get().equals(intent.owner()));
  }

  private JsonObject body(IntentStanding intent) {
    Duration age = Duration.between(intent.acceptedAt(), clock.now());
    return Form.present(
        new JsonObject()
            .put("id", intent.id().value().toString())
            .put("status", status(intent))
            .put("detail", detail(intent))
            .put("refusal", refusal(intent))
            .put("acceptedAt", Form.text(intent.acceptedAt()))
            .put("ageSeconds", Math.max(0, age.toSeconds()))
            .put("total", Form.money(new Money(intent.value().minor(), intent.value().currency())))
            .put("durability", "LOCAL_DISK")
            .put("statusUrl", ApiContract.BASE + PATH + intent.id().value()));
  }

  private static String status(IntentStanding intent) {
    return switch (intent.end()) {
      case null -> WAITS;
      case TAKEN -> "PLACED";
      case REFUSED -> "REFUSED";
      case PARKED, UNREADABLE -> "NEEDS_OPERATOR";
    };
  }

  private static String detail(IntentStanding intent) {
    return switch (intent.end()) {
      case null -> "Accepted, to be confirmed. It is on the disk of the node that answered.";
      case TAKEN -> "Entered.";
      case REFUSED -> "It could not be carried out.";
      case PARKED, UNREADABLE -> "It waits for an operator.";
    };
  }

  private static JsonObject refusal(IntentStanding intent) {
    return intent.end() == IntentStanding.End.REFUSED
        ? Form.refusal(intent.why().code(), intent.why().message())
        : null;
  }
}
