package dev.holdfast.alert;

import dev.holdfast.kernel.DerivedId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that a person should know, from its beginning to its end.
 *
 * @param id follows from fingerprint and first time
 * @param fingerprint the same for every alert of this condition, subject and node; one of them at a
 *     time is active
 * @param node where it was seen
 * @param condition the condition's name
 * @param subject what it is about
 * @param severity how urgent it is
 * @param text one sentence for people
 * @param value what was observed last
 * @param count how often it came, 1 or more
 * @param firstSeen when it began
 * @param lastSeen when its condition held last
 * @param told whether receivers were told of it by itself; in a storm they are not
 * @param acknowledged who said that somebody looks after it
 * @param ended how it ended; empty while it is active
 * @param revision grows with each change
 */
public record Alert(
    UUID id,
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
    boolean told,
    Optional<Acknowledgement> acknowledged,
    Optional<End> ended,
    int revision) {
  /** The end of an alert whose condition no longer holds. */
  public static final String AUTOMATIC = "automatic";

  /** Somebody looks after an alert. */
  public record Acknowledgement(Instant at, String by) {}

  /**
   * How an alert ended.
   *
   * @param by {@value Alert#AUTOMATIC}, or a person
   * @param note what the person said; empty for nothing
   */
  public record End(Instant at, String by, String note) {}

  /** A new one. */
  static Alert of(Observation seen, Severity severity, String node, Instant at) {
    String fingerprint = fingerprint(seen.condition(), seen.subject(), node);
    return new Alert(
        DerivedId.of("alert", fingerprint, at),
        fingerprint,
        node,
        seen.condition(),
        seen.subject(),
        severity,
        seen.text(),
        seen.value(),
        Math.max(1, seen.times()),
        at,
        at,
        false,
        Optional.empty(),
        Optional.empty(),
        1);
  }

  /** What alerts of one condition about one subject at one node have in common. */
  static String fingerprint(String condition, String subject, String node) {
    return DerivedId.of("alert-fingerprint", condition, subject, node).toString().replace("-", "");
  }

  /** Whether it has not ended. */
  public boolean isActive() {
    return ended.isEmpty();
  }

  /** Seen again, so many times more. */
  Alert seen(Observation again, int more, Instant at) {
    Severity now = again.severity().map(severity::orWorse).orElse(severity);
    return with(now, again.text(), again.value(), count + more, at, told, acknowledged, ended);
  }

  /** The same, as urgent as that. */
  Alert as(Severity urgent) {
    return with(urgent, text, value, count, lastSeen, told, acknowledged, ended);
  }

  /** The same, told by itself. */
  Alert asTold() {
    return with(severity, text, value, count, lastSeen, true, acknowledged, ended);
  }

  Alert acknowledged(Instant at, String by) {
    return with(
        severity,
        text,
        value,
        count,
        lastSeen,
        told,
        Optional.of(new Acknowledgement(at, by)),
        ended);
  }

  Alert ended(Instant at, String by, String note) {
    return with(
        severity,
        text,
        value,
        count,
        lastSeen,
        told,
        acknowledged,
        Optional.of(new End(at, by, note)));
  }

  private Alert with(
      Severity urgent,
      String newText,
      double newValue,
      int newCount,
      Instant seen,
      boolean isTold,
      Optional<Acknowledgement> newAcknowledged,
      Optional<End> newEnd) {
    return new Alert(
        id,
        fingerprint,
        node,
        condition,
        subject,
        urgent,
        newText,
        newValue,
        newCount,
        firstSeen,
        seen,
        isTold,
        newAcknowledged,
        newEnd,
        revision + 1);
  }
}
