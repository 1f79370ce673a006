package dev.holdfast.stream;

/**
 * A row of the outbox that the broker has not acknowledged yet.
 *
 * @param seq its place in the outbox
 */
public record Unsent(long seq, OutboxRow row) {}
