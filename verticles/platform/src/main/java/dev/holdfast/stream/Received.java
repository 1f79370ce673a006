package dev.holdfast.stream;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as it was read from a topic. It may come more than once, with the same id.
 *
 * @param topic where it was told
 * @param partition which part of the topic
 * @param offset its place there
 * @param merchant the tenant, 1 or more
 * @param aggregate what it happened to; events of one aggregate come in order
 * @param version the aggregate's version that it made
 * @param eventId the same whenever it is told
 * @param type such as {@code inventory.Reserved}
 * @param occurredAt when, in platform time of the node that told it
 * @param causedBy the command that made it
 * @param body JSON
 * @param traceparent what the telling of it was a part of, or null
 */
public record Received(
    String topic,
    int partition,
    long offset,
    int merchant,
    String aggregate,
    long version,
    UUID eventId,
    String type,
    Instant occurredAt,
    UUID causedBy,
    String body,
    String traceparent) {
  /** An event that is part of nothing that is seen. */
  public Received(
      String topic,
      int partition,
      long offset,
      int merchant,
      String aggregate,
      long version,
      UUID eventId,
      String type,
      Instant occurredAt,
      UUID causedBy,
      String body) {
    this(
        topic,
        partition,
        offset,
        merchant,
        aggregate,
        version,
        eventId,
        type,
        occurredAt,
        causedBy,
        body,
        null);
  }
}
