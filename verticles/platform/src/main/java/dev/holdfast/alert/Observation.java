package dev.holdfast.alert;

import java.util.Objects;
import java.util.Optional;

/**
 * What is seen now of something that a condition may hold for.
 *
 * @param condition the condition's name
 * @param subject what it is about: an agent, a guard, a workflow, or {@code platform}
 * @param value what the condition's threshold is compared with
 * @param text one sentence for people, without personal data
 * @param times how often it happened, for events; 0 for what goes on
 * @param severity in place of the condition's, if it says one
 */
public record Observation(
    String condition,
    String subject,
    double value,
    String text,
    int times,
    Optional<Severity> severity) {
  /** The subject of what concerns all. */
  public static final String PLATFORM = "platform";

  /** The most of a text that is kept. */
  public static final int TEXT_MAX = 500;

  private static final int SUBJECT_MAX = 200;

  public Observation {
    Objects.requireNonNull(condition, "condition");
    Objects.requireNonNull(severity, "severity");
    subject = cut(subject, SUBJECT_MAX);
    text = cut(text, TEXT_MAX);
  }

  /** Something that goes on. */
  public static Observation of(String condition, String subject, double value, String text) {
    return new Observation(condition, subject, value, text, 0, Optional.empty());
  }

  /** Something that happened once. */
  public static Observation event(String condition, String subject, String text) {
    return new Observation(condition, subject, 1, text, 1, Optional.empty());
  }

  /** The same, as urgent as that. */
  public Observation as(Severity urgent) {
    return new Observation(condition, subject, value, text, times, Optional.of(urgent));
  }

  /** The same event, with those that happened before it. */
  Observation after(Observation earlier) {
    return new Observation(condition, subject, value, text, times + earlier.times, severity);
  }

  private static String cut(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max - 1) + "…";
  }
}
