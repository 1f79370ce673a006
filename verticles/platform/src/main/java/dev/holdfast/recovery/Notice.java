package dev.holdfast.recovery;

/**
 * Something a person should hear of.
 *
 * @param severity how soon
 * @param child whom it is about
 * @param topic what it is about; with the child, what makes two notices the same
 * @param text one sentence, without personal data
 */
public record Notice(Severity severity, String child, String topic, String text) {
  /** How soon a person should look. */
  public enum Severity {
    INFO,
    WARNING,
    CRITICAL
  }
}
