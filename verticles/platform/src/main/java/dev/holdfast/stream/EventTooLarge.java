package dev.holdfast.stream;

import java.util.UUID;

/** An event's body is longer than a broker would take. A bug of the command that made it. */
public final class EventTooLarge extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  EventTooLarge(String type, UUID eventId, int bytes) {
    super(
        "the body of "
            + type
            + " "
            + eventId
            + " has "
            + bytes
            + " bytes, at most "
            + OutboxRow.BODY_BYTES_MAX
            + " are allowed");
  }
}
