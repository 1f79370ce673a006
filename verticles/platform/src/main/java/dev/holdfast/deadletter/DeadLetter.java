package dev.holdfast.deadletter;

import dev.holdfast.kernel.CommandId;
import java.time.Instant;
import java.util.Objects;

/**
 * A message that is set aside.
 *
 * @param kind what it is
 * @param agent whose message it is; of a run, its workflow
 * @param parkingKey what later messages of that agent wait behind it for
 * @param id the command's id, the run's, or one derived from the event and its place in the topic
 * @param merchant the tenant, or 0 when the message could not be read so far
 * @param type such as {@code inventory.Reserve}
 * @param body the message itself, as JSON
 * @param origin where it came from, such as a run's step or a place in a topic
 * @param cause what went wrong
 * @param attempts how often it was tried; 0 for one that only stands behind another
 * @param parkedAt platform time
 */
public record DeadLetter(
    Kind kind,
    String agent,
    String parkingKey,
    CommandId id,
    int merchant,
    String type,
    String body,
    String origin,
    Fingerprint cause,
    int attempts,
    Instant parkedAt) {

  /** What a letter is. */
  public enum Kind {
    /** A command; replay asks it again under its id. */
    COMMAND,
    /** An event as it was read from a topic; replay hands it to its consumer's handler. */
    EVENT,
    /** A run that can go neither forward nor back; replay sets it going forward. */
    RUN
  }

  public DeadLetter {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(agent, "agent");
    Objects.requireNonNull(parkingKey, "parkingKey");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(cause, "cause");
    Objects.requireNonNull(parkedAt, "parkedAt");
    if (attempts < 0) {
      throw new IllegalArgumentException("attempts must be 0 or more, got " + attempts);
    }
  }
}
