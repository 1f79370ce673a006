package dev.holdfast.commerce.api;

import dev.holdfast.bus.HttpKey;
import dev.holdfast.journal.IntentStanding;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.SnapshotCache;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * What the gateway has when the database is away.
 *
 * @param journal where orders are accepted as intents; empty when the order agent may not use it
 * @param snapshots the last answers to questions
 * @param databaseIsSilent whether the database did not answer a probe lately; from memory
 */
public record Fallback(
    Optional<Journal> journal, SnapshotCache snapshots, BooleanSupplier databaseIsSilent) {

  /** The intent of a command that waits to be executed. */
  Optional<IntentStanding> waiting(UUID command) {
    return journal.flatMap(there -> there.waiting(command));
  }

  /** The intent of a request that waits to be executed. */
  Optional<IntentStanding> waiting(HttpKey.Name key) {
    return journal.flatMap(there -> there.waiting(key));
  }

  boolean isSilent() {
    return databaseIsSilent.getAsBoolean();
  }
}
