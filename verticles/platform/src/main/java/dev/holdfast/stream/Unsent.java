package dev.holdfast.stream;

/**
 * A committed row that the broker has not acknowledged yet.
 *
 * @param seq its place in the outbox
 */
record Unsent(long seq, OutboxRow row) {}
