package dev.holdfast.alert;

import dev.holdfast.alert.Notification.Transition;
import dev.holdfast.kernel.Secret;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * Alert events of PagerDuty's Events API v2. The fingerprint is the key by which an alert, its
 * acknowledgement and its end belong together, so that telling twice opens nothing twice.
 */
public final class PagerDutyFormat implements DocumentFormat {
  /** The longest summary. */
  static final int SUMMARY_MAX = 1_024;

  private final Secret routingKey;
  private final Runbooks runbooks;

  /**
   * @param routingKey the integration's key
   */
  public PagerDutyFormat(Secret routingKey, Runbooks runbooks) {
    this.routingKey = routingKey;
    this.runbooks = runbooks;
  }

  @Override
  public Document document(Delivery delivery, Instant now) {
    return Document.of(event(delivery.what()).toBuffer());
  }

  JsonObject event(Notification what) {
    JsonObject event =
        new JsonObject()
            .put("routing_key", routingKey.reveal())
            .put("event_action", action(what.transition()))
            .put("dedup_key", what.fingerprint());
    if (what.transition() == Transition.FIRING) {
      event.put("client", "Holdfast").put("payload", payload(what));
      runbooks
          .of(what.condition())
          .ifPresent(
              link ->
                  event.put(
                      "links",
                      new JsonArray()
                          .add(new JsonObject().put("href", link).put("text", "What to do"))));
    }
    return event;
  }

  private static String action(Transition transition) {
    return switch (transition) {
      case FIRING -> "trigger";
      case ACKNOWLEDGED -> "acknowledge";
      case RESOLVED -> "resolve";
    };
  }

  private static JsonObject payload(Notification what) {
    String summary = "%s (%s): %s".formatted(what.condition(), what.subject(), what.text());
    return new JsonObject()
        .put(
            "summary",
            summary.length() <= SUMMARY_MAX ? summary : summary.substring(0, SUMMARY_MAX))
        .put("source", what.node())
        .put("severity", what.severity().label())
        .put("timestamp", what.at().toString())
        .put("component", what.subject())
        .put("group", "holdfast")
        .put("class", what.condition())
        .put(
            "custom_details",
            new JsonObject()
                .put("value", what.value())
                .put("count", what.count())
                .put("first_seen", what.firstSeen().toString())
                .put("last_seen", what.lastSeen().toString()));
  }
}
