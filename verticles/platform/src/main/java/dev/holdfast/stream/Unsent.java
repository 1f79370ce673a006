package dev.holdfast.stream;

/**
 * An event of the outbox with its place, not acknowledged by the broker yet.
 *
 * @param seq its place in the outbox
 */
public record Unsent(long seq, OutboxRow row) {}
