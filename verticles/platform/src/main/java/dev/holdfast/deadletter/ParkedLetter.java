package dev.holdfast.deadletter;

import java.time.Instant;

/**
 * A letter as it lies in the store.
 *
 * @param number its place in the order of parking; names it in the management routes
 * @param letter what was parked
 * @param closedAt when it was closed in platform time, or null while it is open
 * @param closedAs how, or null
 * @param note what the person who closed it had to say, or null
 */
public record ParkedLetter(
    long number, DeadLetter letter, Instant closedAt, Closing closedAs, String note) {

  /** How a letter came to its end. */
  public enum Closing {
    /** It was asked again, and there was an outcome. */
    REPLAYED,
    /** Its refusal was recorded instead. */
    DISCARDED,
    /** Its id had a reply by the time somebody looked. */
    ANSWERED
  }

  /** Whether it still waits for a decision. */
  public boolean open() {
    return closedAt == null;
  }
}
