package dev.holdfast.chaos;

import java.time.Instant;

/**
 * A fault that was begun.
 *
 * @param id its number in this process, from 1
 * @param fault its name
 * @param target whom it befalls
 * @param begun when it began
 * @param until when it ends by itself; of one that happens at an instant, that instant
 */
public record ActiveFault(long id, String fault, String target, Instant begun, Instant until) {}
