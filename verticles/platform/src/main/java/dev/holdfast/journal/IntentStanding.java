package dev.holdfast.journal;

import dev.holdfast.bus.HttpKey;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Refusal;
import java.time.Instant;

/**
 * Where an intent stands; without what it says.
 *
 * @param sequence in the order of acceptance
 * @param key under which it was requested; another fingerprint under it is another request
 * @param owner the customer it belongs to, or null
 * @param bytes about how many it takes
 * @param end null while it waits to be executed
 * @param why the refusal, or what became of it, when it ended otherwise than taken; else null
 */
public record IntentStanding(
    long sequence,
    CommandId id,
    HttpKey key,
    String laneKey,
    IntentValue value,
    String owner,
    Instant acceptedAt,
    long bytes,
    End end,
    Refusal why) {

  /** How an intent ends. */
  public enum End {
    /** Its reply is recorded, and says that it was done. */
    TAKEN,
    /** It was refused, for a reason that its requester can see. */
    REFUSED,
    /** It lies among the dead letters, which answer for it from there on. */
    PARKED,
    /** It could not be read any more; a person has to look at it. */
    UNREADABLE
  }

  static IntentStanding open(long sequence, Intent intent) {
    return new IntentStanding(
        sequence,
        intent.id(),
        intent.key(),
        intent.laneKey(),
        intent.value(),
        intent.owner(),
        intent.acceptedAt(),
        intent.bytes(),
        null,
        null);
  }

  IntentStanding ended(End how, Refusal reason) {
    return new IntentStanding(
        sequence, id, key, laneKey, value, owner, acceptedAt, bytes, how, reason);
  }

  /** Whether it still waits to be executed. */
  public boolean isOpen() {
    return end == null;
  }
}
