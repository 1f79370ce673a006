package dev.holdfast.supervision;

import dev.holdfast.telemetry.ChildMeters;
import dev.holdfast.telemetry.ChildMeters.RestartReason;
import dev.holdfast.telemetry.Meters;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The meters of a tree's children; confined to the supervisor's loop. */
final class TreeMeters {
  private final Meters meters;
  private final Map<String, ChildMeters> children = new HashMap<>();

  TreeMeters(Meters meters) {
    this.meters = meters;
  }

  private ChildMeters of(String child) {
    return children.computeIfAbsent(child, meters::child);
  }

  /** Whether the child runs now. */
  void shows(ChildState state) {
    of(state.id()).up().set(state.phase() == Phase.RUNNING ? 1 : 0);
  }

  void restarted(String child, Signal why) {
    of(child).restarted(reason(why));
  }

  /** An incident has ended. */
  void ended(Incident incident) {
    ChildMeters child = of(incident.child());
    child.ended(
        incident.choice().rung().label(),
        incident.outcome().name().toLowerCase(Locale.ROOT),
        incident.times().toDetection());
    incident.times().toProof().ifPresent(child::recovered);
  }

  private static RestartReason reason(Signal signal) {
    return switch (signal) {
      case START_FAILED -> RestartReason.FAILED_START;
      case UNCAUGHT -> RestartReason.UNCAUGHT_EXCEPTION;
      case MISSED_BEATS, LOOP_BLOCKED -> RestartReason.MISSED_BEATS;
      case UNPROVEN -> RestartReason.UNPROVEN;
      case NO_PROGRESS -> RestartReason.NO_PROGRESS;
      case ESCALATED, FINISHED -> RestartReason.ESCALATED;
      case SIBLING -> RestartReason.SIBLING;
      case OPERATOR -> RestartReason.REQUESTED;
    };
  }
}
