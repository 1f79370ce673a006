package dev.holdfast.workflow;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Timestamps;
import dev.holdfast.workflow.RunLog.RunEntry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads the rows of runs for people. */
final class RunLogStore {
  private static final String SELECT =
      """
      SELECT run_id, merchant_id, definition, definition_version, parking_key, status, node,
        waiting_for, due_at, reason, milestone_status, milestone_at, started_at, updated_at, memory,
        ARRAY(SELECT name FROM holdfast.run_signal AS signal
              WHERE signal.run_id = run.run_id ORDER BY sent_at) AS told
      FROM holdfast.run
      """;

  private static final String FIND = SELECT + "WHERE run_id = $1";

  private static final String OF_STATUS =
      SELECT + "WHERE status = $1 ORDER BY updated_at, run_id LIMIT $2";

  private static final String OPEN =
      SELECT
          + """
          WHERE is_open
          ORDER BY updated_at, run_id LIMIT $1
          """;

  private static final String COUNTS = "SELECT status, count(*) FROM holdfast.run GROUP BY status";

  private static final String GOING =
      "SELECT run_id FROM holdfast.run WHERE run_id = ANY($1::uuid[]) AND NOT needs_human";

  /** Those of the runs that need no person. */
  Future<Set<UUID>> going(Database database, Deadline deadline, List<UUID> runs) {
    return database
        .query(deadline, GOING, Tuple.tuple().addValue(runs.toArray(UUID[]::new)))
        .map(
            rows -> {
              Set<UUID> going = new HashSet<>();
              rows.forEach(row -> going.add(row.getUUID(0)));
              return going;
            });
  }

  Future<Optional<RunEntry>> find(Database database, Deadline deadline, UUID run) {
    return database
        .query(deadline, FIND, Tuple.of(run))
        .map(rows -> entries(rows).stream().findFirst());
  }

  Future<List<RunEntry>> page(Database database, Deadline deadline, RunStatus status, int limit) {
    return (status == null
            ? database.query(deadline, OPEN, Tuple.of(limit))
            : database.query(deadline, OF_STATUS, Tuple.of(status.name(), limit)))
        .map(RunLogStore::entries);
  }

  Future<Map<RunStatus, Long>> counts(Database database, Deadline deadline) {
    return database
        .query(deadline, COUNTS, Tuple.tuple())
        .map(
            rows -> {
              Map<RunStatus, Long> counts = new EnumMap<>(RunStatus.class);
              rows.forEach(row -> counts.put(RunStatus.valueOf(row.getString(0)), row.getLong(1)));
              return counts;
            });
  }

  private static List<RunEntry> entries(RowSet<Row> rows) {
    List<RunEntry> entries = new ArrayList<>();
    rows.forEach(row -> entries.add(entry(row)));
    return entries;
  }

  private static RunEntry entry(Row row) {
    return new RunEntry(
        row.getUUID(0),
        row.getInteger(1),
        row.getString(2),
        row.getInteger(3),
        row.getString(4),
        RunStatus.valueOf(row.getString(5)),
        row.getString(6),
        row.getString(7),
        Timestamps.instant(row.getOffsetDateTime(8)),
        row.getString(9),
        row.getInteger(10),
        Timestamps.instant(row.getOffsetDateTime(11)),
        Timestamps.instant(row.getOffsetDateTime(12)),
        Timestamps.instant(row.getOffsetDateTime(13)),
        Memory.of(row.getString(14)).entries(),
        List.of(row.getArrayOfStrings(15)));
  }
}
