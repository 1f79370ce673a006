package dev.holdfast.alert;

import dev.holdfast.kernel.DerivedId;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * What receivers are told: an alert as it was at a change.
 *
 * @param id follows from the alert and its revision
 * @param transition what changed
 * @param at when
 * @param alertId the alert's
 * @param fingerprint the same for all that is told of this condition, subject and node
 * @param node where it was seen
 * @param condition the condition's name
 * @param subject what it is about
 * @param severity how urgent it is
 * @param text one sentence for people
 * @param value what was observed
 * @param count how often it came
 * @param firstSeen when it began
 * @param lastSeen when its condition held last
 * @param by who acknowledged or resolved it; empty when nobody did
 * @param note what was said about it; empty for nothing
 */
public record Notification(
    UUID id,
    Transition transition,
    Instant at,
    UUID alertId,
    String fingerprint,
    String node,
    String condition,
    String subject,
    Severity severity,
    String text,
    double value,
    int count,
    Instant firstSeen,
    Instant lastSeen,
    String by,
    String note) {

  /** What changed of an alert. */
  public enum Transition {
    FIRING,
    ACKNOWLEDGED,
    RESOLVED;

    /** In lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Notification of(Alert alert, Transition transition, Instant at) {
    return new Notification(
        DerivedId.within(alert.id(), "alert-notification", alert.revision()),
        transition,
        at,
        alert.id(),
        alert.fingerprint(),
        alert.node(),
        alert.condition(),
        alert.subject(),
        alert.severity(),
        alert.text(),
        alert.value(),
        alert.count(),
        alert.firstSeen(),
        alert.lastSeen(),
        by(alert, transition),
        transition == Transition.RESOLVED ? alert.ended().map(Alert.End::note).orElse("") : "");
  }

  private static String by(Alert alert, Transition transition) {
    return switch (transition) {
      case FIRING -> "";
      case ACKNOWLEDGED -> alert.acknowledged().map(Alert.Acknowledgement::by).orElse("");
      case RESOLVED -> alert.ended().map(Alert.End::by).orElse("");
    };
  }
}
