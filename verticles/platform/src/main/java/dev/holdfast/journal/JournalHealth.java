package dev.holdfast.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * How the journal is, as data.
 *
 * @param up whether it would take an intent
 * @param reason why not, for operators; {@code "takes intents"} when it would
 * @param count intents that wait to be executed
 * @param minor their value by currency, in its smallest unit
 * @param oldestAge of the one that waits longest; zero when none does
 * @param provenAt when the last self-test succeeded, or null
 */
public record JournalHealth(
    boolean up,
    String reason,
    int count,
    Map<String, Long> minor,
    Duration oldestAge,
    Instant provenAt) {
  public JournalHealth {
    minor = Map.copyOf(minor);
  }
}
