package dev.holdfast.launcher.health;

import dev.holdfast.degradation.DegradationListener;
import dev.holdfast.degradation.LevelChange;
import dev.holdfast.degradation.ModeChange;
import dev.holdfast.degradation.Standing;
import dev.holdfast.supervision.Incident;
import dev.holdfast.web.LiveEvents;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * Tells what happens to the platform itself as live events: agents that crash and recover, changes
 * of level and mode. Says what was seen by its kind, never by an exception's message. Any thread;
 * never waits.
 */
public final class Happenings implements DegradationListener {
  /** Who tells these events. */
  public static final String APP = "holdfast";

  private final LiveEvents events;
  private final String node;

  /**
   * @param node whose they are; the session of all of them
   */
  public Happenings(LiveEvents events, String node) {
    this.events = events;
    this.node = node;
  }

  /** An incident began, changed or ended. */
  public void incident(Incident incident) {
    String type =
        switch (incident.outcome()) {
          case OPEN -> incident.times().actedAt().isEmpty() ? "agent_crashed" : "incident_acted";
          case RECOVERED -> "agent_recovered";
          case RELAPSED -> "agent_relapsed";
          case PARKED -> "agent_parked";
          case STOPPED -> "incident_ended";
        };
    JsonObject told =
        new JsonObject()
            .put("incident", incident.id().toString())
            .put("agent", incident.child())
            .put("signals", kinds(incident.signals()))
            .put("rule", incident.choice().rule())
            .put("action", incident.action())
            .put("outcome", incident.outcome().name())
            .put("detection_ms", incident.times().toDetection().toMillis())
            .put("recovery_ms", incident.times().toProof().map(Duration::toMillis).orElse(null));
    events.tell(APP, node, type, told);
  }

  private static JsonArray kinds(List<String> signals) {
    JsonArray kinds = new JsonArray();
    signals.forEach(signal -> kinds.add(signal.split(":", 2)[0]));
    return kinds;
  }

  @Override
  public void levelChanged(LevelChange change) {
    JsonArray reasons = new JsonArray();
    change.reasons().stream().map(Standing.Reason::subject).forEach(reasons::add);
    events.tell(
        APP,
        node,
        "level_changed",
        new JsonObject()
            .put("subject", change.subject())
            .put("from", change.from().number())
            .put("to", change.to().number())
            .put("name", change.to().label())
            .put("reasons", reasons));
  }

  @Override
  public void modeChanged(ModeChange change) {
    events.tell(
        APP,
        node,
        "mode_changed",
        new JsonObject()
            .put("from", change.from().label())
            .put("to", change.to().label())
            .put("reasons", new JsonArray(List.copyOf(change.reasons()))));
  }
}
