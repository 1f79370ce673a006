package dev.holdfast.workflow;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Runs as people look at them. */
public final class RunLog {
  /** Rows on one page at most. */
  public static final int PAGE_MAX = 200;

  private final Database database;
  private final RunLogStore store = new RunLogStore();

  public RunLog(Database database) {
    this.database = database;
  }

  /**
   * A run.
   *
   * @param waitingFor the signal it waits for, or null
   * @param reason why it turned back or needs a person, as recorded JSON, or null
   * @param milestoneStatus the HTTP status of its answer, or null before there is one
   * @param steps by name, in the order in which they were asked: the day, and whether it was done
   *     or refused; empty while its first segment is under way
   * @param told the signals it was told
   */
  public record RunEntry(
      UUID runId,
      int merchant,
      String definition,
      int version,
      String parkingKey,
      RunStatus status,
      String node,
      String waitingFor,
      Instant dueAt,
      String reason,
      Integer milestoneStatus,
      Instant milestoneAt,
      Instant startedAt,
      Instant updatedAt,
      Map<String, StepEntry> steps,
      List<String> told) {
    public RunEntry {
      steps = Map.copyOf(steps);
      told = List.copyOf(told);
    }
  }

  /** A step of a run. */
  public record StepEntry(LocalDate on, boolean done, boolean refused) {}

  /** One run. */
  public Future<Optional<RunEntry>> find(UUID run, Deadline deadline) {
    return store.find(database, deadline, run);
  }

  /**
   * Runs of a status, or all that have not ended when it is null; the longest untouched first.
   *
   * @param limit 1 to {@link #PAGE_MAX}
   */
  public Future<List<RunEntry>> page(RunStatus status, int limit, Deadline deadline) {
    if (limit < 1 || limit > PAGE_MAX) {
      throw new IllegalArgumentException("limit must be 1 to " + PAGE_MAX + ", got " + limit);
    }
    return store.page(database, deadline, status, limit);
  }

  /** Those of the runs that need no person. */
  Future<Set<UUID>> going(List<UUID> runs, Deadline deadline) {
    return store.going(database, deadline, runs);
  }

  /** How many runs there are of each status. */
  public Future<Map<RunStatus, Long>> counts(Deadline deadline) {
    return store.counts(database, deadline);
  }
}
