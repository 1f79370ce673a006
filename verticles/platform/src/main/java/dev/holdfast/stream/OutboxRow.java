package dev.holdfast.stream;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;

/**
 * One event as it is written beside its cause, and as it will travel.
 *
 * @param merchant the tenant, 1 or more
 * @param topic the topic it is told on
 * @param aggregate what it happened to; events of one aggregate keep their order
 * @param version the aggregate's version that it made
 * @param eventId derived from its cause, so that it is the same whenever it is told
 * @param type such as {@code inventory.Reserved}
 * @param occurredAt when, in platform time; whole microseconds are kept
 * @param causedBy the command that made it
 * @param body JSON, at most {@link #BODY_BYTES_MAX} bytes in UTF-8
 * @param traceparent what it is a part of, or null when nobody wants to see that
 */
public record OutboxRow(
    int merchant,
    String topic,
    String aggregate,
    long version,
    UUID eventId,
    String type,
    Instant occurredAt,
    UUID causedBy,
    String body,
    String traceparent) {
  /**
   * Half of what a broker takes in one request by default, so that headers and key fit beside.
   * Never lowered: rows written before could not be read.
   */
  public static final int BODY_BYTES_MAX = 512 * 1024;

  private static final int UTF8_BYTES_A_CHAR_MAX = 3;

  /** An event that is part of nothing that is seen. */
  public OutboxRow(
      int merchant,
      String topic,
      String aggregate,
      long version,
      UUID eventId,
      String type,
      Instant occurredAt,
      UUID causedBy,
      String body) {
    this(merchant, topic, aggregate, version, eventId, type, occurredAt, causedBy, body, null);
  }

  /**
   * @throws EventTooLarge when the body is longer than {@link #BODY_BYTES_MAX}; no retry can help,
   *     so its command is parked
   */
  public OutboxRow {
    if (merchant < 1) {
      throw new IllegalArgumentException("merchant must be 1 or more, got " + merchant);
    }
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(aggregate, "aggregate");
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(type, "type");
    // As the table keeps it, so that an event says the same whether it was read back or not.
    occurredAt = Objects.requireNonNull(occurredAt, "occurredAt").truncatedTo(ChronoUnit.MICROS);
    Objects.requireNonNull(causedBy, "causedBy");
    Objects.requireNonNull(body, "body");
    if (body.length() > BODY_BYTES_MAX / UTF8_BYTES_A_CHAR_MAX) {
      int bytes = utf8Bytes(body);
      if (bytes > BODY_BYTES_MAX) {
        throw new EventTooLarge(type, eventId, bytes);
      }
    }
  }

  /** The length in UTF-8 without making the bytes. */
  private static int utf8Bytes(String text) {
    int bytes = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c < 0x80) {
        bytes += 1;
      } else if (c < 0x800 || Character.isSurrogate(c)) {
        // A pair of surrogates is four bytes, so two for each half.
        bytes += 2;
      } else {
        bytes += 3;
      }
    }
    return bytes;
  }
}
