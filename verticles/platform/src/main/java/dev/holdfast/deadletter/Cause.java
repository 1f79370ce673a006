package dev.holdfast.deadletter;

import java.time.Instant;

/**
 * Open letters of an agent that have one cause.
 *
 * @param aggregates how many orders, payments or the like stand still for it
 * @param first when the first of them was parked, platform time
 * @param last when the last was
 */
public record Cause(
    String agent,
    Fingerprint fingerprint,
    long letters,
    long aggregates,
    Instant first,
    Instant last) {}
