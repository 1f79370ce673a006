package dev.holdfast.stream;

import java.time.Instant;
import java.util.Optional;

/**
 * What waits in the outbox.
 *
 * @param unsent committed events that no broker has acknowledged
 * @param oldest when the oldest of them happened; empty when there is none
 */
public record Backlog(long unsent, Optional<Instant> oldest) {}
