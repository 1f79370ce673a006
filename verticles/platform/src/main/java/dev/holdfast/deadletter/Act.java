package dev.holdfast.deadletter;

import java.time.Instant;
import java.util.Objects;

/**
 * What somebody did about letters, for the audit.
 *
 * @param agent whose letters
 * @param letter the letter's number, or null when a replay of many was meant
 * @param replay the number of the replay of many that it was part of, or null
 * @param kind what was done
 * @param who the subject of the person's token
 * @param at platform time
 * @param outcome what came of it
 * @param note a code or the person's reason, or null; no personal data
 */
public record Act(
    String agent,
    Long letter,
    Long replay,
    Kind kind,
    String who,
    Instant at,
    End outcome,
    String note) {

  /** What was done. */
  public enum Kind {
    /** The payload was changed. */
    EDIT,
    /** It was asked again. */
    REPLAY,
    /** It was given up. */
    DISCARD,
    /** A replay of many was started. */
    START,
    /** A replay of many was called off. */
    CANCEL
  }

  /** What came of it. */
  public enum End {
    /** It was asked, and there was an outcome. */
    REPLAYED,
    /** Its id had a reply by then, and it was closed with that. */
    ANSWERED,
    /** Its refusal was recorded. */
    DISCARDED,
    /** Its payload is another now. */
    EDITED,
    /** It broke its agent again. */
    BROKE_AGAIN,
    /** An outage; nothing is known. */
    PUT_OFF,
    /** It could not be done now, for the reason in the note. */
    REJECTED,
    /** It goes on by itself. */
    STARTED,
    /** It goes on no more. */
    CANCELLED
  }

  public Act {
    Objects.requireNonNull(agent, "agent");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(who, "who");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(outcome, "outcome");
    if (letter == null && replay == null) {
      throw new IllegalArgumentException("an act is about a letter or a replay");
    }
  }
}
