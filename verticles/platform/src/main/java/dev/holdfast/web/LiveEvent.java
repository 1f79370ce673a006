package dev.holdfast.web;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * Something that happened, told by whoever saw it.
 *
 * @param id in the order in which they came, from 1
 * @param at when it came
 * @param app who tells it
 * @param session the session that it belongs to
 * @param type what happened
 * @param payload whatever else there is to say
 */
public record LiveEvent(
    long id, Instant at, String app, String session, String type, JsonObject payload) {
  /** As clients get it. */
  JsonObject toJson() {
    return new JsonObject()
        .put("id", id)
        .put("timestamp", at.toString())
        .put("source_app", app)
        .put("session_id", session)
        .put("hook_event_type", type)
        .put("payload", payload);
  }
}
