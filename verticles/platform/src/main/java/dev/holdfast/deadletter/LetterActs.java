package dev.holdfast.deadletter;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import dev.holdfast.telemetry.DeadLetterMeters;
import dev.holdfast.telemetry.DeadLetterMeters.LetterEnd;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The audit: every act is written and, once it is, counted. */
final class LetterActs {
  private final Database database;
  private final Meters meters;
  private final Map<String, DeadLetterMeters> byAgent = new ConcurrentHashMap<>();

  LetterActs(Database database, Meters meters) {
    this.database = database;
    this.meters = meters;
  }

  /** Writes acts in the transaction of what they did; {@link #count} them once it is committed. */
  static Future<Void> write(Tx tx, List<Act> acts) {
    return ActStore.write(tx, acts);
  }

  /** Writes an act that changed nothing else, and counts it. */
  Future<Void> write(Act act, Deadline deadline) {
    return database
        .inTransaction(deadline, tx -> ActStore.write(tx, List.of(act)))
        .onSuccess(written -> count(List.of(act)));
  }

  /** The acts are committed. */
  void count(List<Act> acts) {
    acts.forEach(act -> counted(act).ifPresent(end -> metersOf(act.agent()).acted(end)));
  }

  private DeadLetterMeters metersOf(String agent) {
    return byAgent.computeIfAbsent(agent, meters::deadLetters);
  }

  private static Optional<LetterEnd> counted(Act act) {
    return switch (act.outcome()) {
      case REPLAYED -> Optional.of(LetterEnd.REPLAYED);
      case ANSWERED -> Optional.of(LetterEnd.ANSWERED);
      case DISCARDED -> Optional.of(LetterEnd.DISCARDED);
      case BROKE_AGAIN -> Optional.of(LetterEnd.BROKE_AGAIN);
      case PUT_OFF -> Optional.of(LetterEnd.PUT_OFF);
      case EDITED, REJECTED, STARTED, CANCELLED -> Optional.empty();
    };
  }

  /** What was done about a letter, the newest first. */
  Future<List<Act>> ofLetter(long number, Deadline deadline) {
    return ActStore.ofLetter(database, number, deadline);
  }
}
