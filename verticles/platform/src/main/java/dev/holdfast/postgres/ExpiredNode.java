package dev.holdfast.postgres;

/**
 * A node whose lease has run out, as it was seen.
 *
 * @param nodeId its id
 * @param fence that its lease had
 */
public record ExpiredNode(String nodeId, long fence) {}
