package dev.holdfast.launcher.alerts;

import dev.holdfast.alert.Alert;
import dev.holdfast.alert.Alerts;
import dev.holdfast.alert.Observation;
import dev.holdfast.telemetry.AlertSource;
import dev.holdfast.telemetry.AlertView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The alerts as one agent's listener shows them: those about it, and those about all. */
final class AlertsOfAgents implements AlertSource {
  private final Alerts alerts;

  AlertsOfAgents(Alerts alerts) {
    this.alerts = alerts;
  }

  @Override
  public List<AlertView> active(String agent) {
    return alerts.active().stream()
        .filter(alert -> concerns(alert.subject(), agent))
        .map(AlertsOfAgents::view)
        .toList();
  }

  @Override
  public List<AlertView> history(String agent, int limit) {
    return Stream.concat(alerts.active().reversed().stream(), alerts.past().stream())
        .filter(alert -> concerns(alert.subject(), agent))
        .limit(limit)
        .map(AlertsOfAgents::view)
        .toList();
  }

  /** Subjects begin with the agent that they are about. */
  static boolean concerns(String subject, String agent) {
    return subject.equals(agent)
        || subject.startsWith(agent + " ")
        || subject.equals(Observation.PLATFORM);
  }

  private static AlertView view(Alert alert) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("id", alert.id().toString());
    metadata.put("subject", alert.subject());
    metadata.put("node", alert.node());
    alert.acknowledged().ifPresent(by -> metadata.put("acknowledged_by", by.by()));
    return new AlertView(
        alert.condition(),
        alert.fingerprint(),
        alert.severity().label(),
        alert.text(),
        metadata,
        alert.count(),
        alert.firstSeen(),
        alert.lastSeen(),
        alert.ended().map(Alert.End::at));
  }
}
