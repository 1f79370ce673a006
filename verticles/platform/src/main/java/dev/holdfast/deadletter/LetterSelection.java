package dev.holdfast.deadletter;

import java.time.Instant;
import java.util.Objects;

/**
 * Which letters of an agent are meant; what is null does not narrow it.
 *
 * @param agent whose
 * @param number the one letter
 * @param parkingKey those of one aggregate
 * @param fingerprint those of one cause, and those that only stand behind them
 * @param from parked at this platform time or later
 * @param until parked before this platform time
 */
public record LetterSelection(
    String agent, Long number, String parkingKey, String fingerprint, Instant from, Instant until) {

  public LetterSelection {
    Objects.requireNonNull(agent, "agent");
  }

  /** All of an agent's. */
  public static LetterSelection of(String agent) {
    return new LetterSelection(agent, null, null, null, null, null);
  }

  /** One letter. */
  public static LetterSelection one(String agent, long number) {
    return new LetterSelection(agent, number, null, null, null, null);
  }

  /** Those of an aggregate. */
  public LetterSelection under(String key) {
    return new LetterSelection(agent, number, key, fingerprint, from, until);
  }

  /** Those with this cause. */
  public LetterSelection because(String cause) {
    return new LetterSelection(agent, number, parkingKey, cause, from, until);
  }

  /** Those parked in a time; either end may be null. */
  public LetterSelection between(Instant first, Instant end) {
    return new LetterSelection(agent, number, parkingKey, fingerprint, first, end);
  }

  /**
   * Whether letters that never broke themselves go along with those they stand behind: with a
   * cause, because they have none of their own.
   */
  boolean takesFollowers() {
    return fingerprint != null;
  }
}
