package dev.holdfast.workflow;

import dev.holdfast.agent.RunSignal;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Timestamps;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The rows of runs and of what they are told. */
final class RunStore {
  private static final String INSERT =
      """
      INSERT INTO holdfast.run (run_id, merchant_id, definition, definition_version, parking_key,
        status, node, fence, segment_on, input, started_at, updated_at)
      SELECT run_id, merchant_id, definition, definition_version, parking_key,
        'RUNNING', $1, $2, $3::date, input, $4, $4
      FROM unnest($5::uuid[], $6::int[], $7::text[], $8::int[], $9::text[], $10::text[])
        AS start (run_id, merchant_id, definition, definition_version, parking_key, input)
      """;

  /** The same for runs of which some are parts of something that is seen. */
  private static final String INSERT_TRACED =
      """
      INSERT INTO holdfast.run (run_id, merchant_id, definition, definition_version, parking_key,
        status, node, fence, segment_on, input, started_at, updated_at, traceparent)
      SELECT run_id, merchant_id, definition, definition_version, parking_key,
        'RUNNING', $1, $2, $3::date, input, $4, $4, traceparent
      FROM unnest($5::uuid[], $6::int[], $7::text[], $8::int[], $9::text[], $10::text[], $11::text[])
        AS start (run_id, merchant_id, definition, definition_version, parking_key, input, traceparent)
      """;

  private static final String SIGNAL =
      """
      INSERT INTO holdfast.run_signal (run_id, name, body, sent_at)
      SELECT run_id, name, body, $1
      FROM unnest($2::uuid[], $3::text[], $4::text[]) AS signal (run_id, name, body)
      ORDER BY run_id, name
      ON CONFLICT DO NOTHING
      """;

  private static final String COLUMNS =
      """
      run_id, merchant_id, definition, definition_version, parking_key, status, position,
      segment_on, input, memory, waiting_for, due_at, reason, milestone_status, milestone_body,
      traceparent
      """;

  private static final String TAKE =
      """
      UPDATE holdfast.run SET node = $1, fence = $2
      WHERE node = ANY($3::text[]) AND is_open
      RETURNING
      """
          + COLUMNS;

  private static final String OWNERS =
      """
      SELECT DISTINCT node FROM holdfast.run
      WHERE node = ANY($1::text[]) AND is_open
      """;

  private static final String STRAYS =
      """
      SELECT run_id FROM holdfast.run
      WHERE node = $1 AND is_open AND updated_at < $2
        AND NOT (run_id = ANY($3::uuid[]))
      LIMIT 500
      """;

  private static final String TAKE_STRAYS =
      """
      UPDATE holdfast.run SET fence = $2
      WHERE run_id = ANY($3::uuid[]) AND node = $1 AND is_open
      RETURNING
      """
          + COLUMNS;

  private static final String RESUME =
      """
      UPDATE holdfast.run SET node = $1, fence = $2,
        status = CASE WHEN memory::jsonb ? 'turnedBackFor' THEN 'TURNING_BACK' ELSE $3 END
      WHERE run_id = $4 AND needs_human
      RETURNING
      """
          + COLUMNS;

  /** The row is changed only under the fence of the node that walks it. */
  private static final String CHANGE =
      """
      UPDATE holdfast.run
      SET status = change.status, position = change.position, segment_on = change.segment_on,
          memory = change.memory, waiting_for = change.waiting_for, due_at = change.due_at,
          reason = change.reason, milestone_status = change.milestone_status,
          milestone_body = change.milestone_body,
          milestone_at = CASE WHEN change.milestone_status IS NULL THEN NULL
                              ELSE COALESCE(run.milestone_at, $3) END,
          updated_at = $3
      FROM unnest($4::uuid[], $5::text[], $6::int[], $7::date[], $8::text[], $9::text[],
                  $10::timestamptz[], $11::text[], $12::int[], $13::text[])
        AS change (run_id, status, position, segment_on, memory, waiting_for, due_at, reason,
                   milestone_status, milestone_body)
      WHERE run.run_id = change.run_id AND run.node = $1 AND run.fence = $2
      RETURNING run.run_id
      """;

  private static final String SIGNALS =
      "SELECT run_id, name, body FROM holdfast.run_signal WHERE run_id = ANY($1::uuid[])";

  private static final String UNHEARD =
      """
      SELECT signal.run_id, signal.name, signal.body
      FROM holdfast.run JOIN holdfast.run_signal AS signal USING (run_id)
      WHERE run.node = $1 AND run.is_open AND run.status = 'WAITING'
      LIMIT 500
      """;

  private static final String MILESTONES =
      """
      SELECT run_id, milestone_status, milestone_body FROM holdfast.run
      WHERE run_id = ANY($1::uuid[]) AND milestone_status IS NOT NULL
      """;

  /** A run to be entered, with its definition's version; without a trace when that is null. */
  record NewRun(
      UUID runId,
      int merchant,
      String definition,
      int version,
      String parkingKey,
      String input,
      String traceparent) {}

  /** A signal as it stands in its row. */
  record Told(UUID runId, String name, String body) {}

  void insert(Tx tx, List<NewRun> runs, String node, long fence, Instant now, LocalDate today) {
    Columns<NewRun> columns =
        Columns.of(runs)
            .value(node)
            .value(fence)
            .value(today)
            .time(now)
            .uuids(NewRun::runId)
            .integers(NewRun::merchant)
            .texts(NewRun::definition)
            .integers(NewRun::version)
            .texts(NewRun::parkingKey)
            .texts(NewRun::input);
    if (runs.stream().allMatch(run -> run.traceparent() == null)) {
      tx.execute(INSERT, columns.tuple());
    } else {
      tx.execute(INSERT_TRACED, columns.texts(NewRun::traceparent).tuple());
    }
  }

  void signal(Tx tx, List<RunSignal> signals, Instant now) {
    tx.execute(
        SIGNAL,
        Columns.of(signals)
            .time(now)
            .uuids(RunSignal::runId)
            .texts(RunSignal::name)
            .texts(signal -> RecordJson.write(signal.body()))
            .tuple());
  }

  /** Takes the open runs of the given nodes over, under this node's fence. */
  Future<List<RunRow>> take(
      Database database, Deadline deadline, String node, long fence, Collection<String> from) {
    return database
        .query(deadline, TAKE, Tuple.of(node, fence).addValue(from.toArray(String[]::new)))
        .map(RunStore::rows);
  }

  /** Those of the nodes that own open runs. */
  Future<Set<String>> owners(Database database, Deadline deadline, Collection<String> nodes) {
    return database
        .query(deadline, OWNERS, Tuple.tuple().addValue(nodes.toArray(String[]::new)))
        .map(
            rows -> {
              Set<String> owners = new HashSet<>();
              rows.forEach(row -> owners.add(row.getString(0)));
              return owners;
            });
  }

  /** A node's open runs, untouched since the given time, without those that it walks. */
  Future<Set<UUID>> strays(
      Database database, Deadline deadline, String node, Instant since, Collection<UUID> walked) {
    return database
        .query(
            deadline,
            STRAYS,
            Tuple.of(node, Timestamps.utc(since)).addValue(walked.toArray(UUID[]::new)))
        .map(RunStore::ids);
  }

  /** Takes those of the runs that are this node's and still open, under its present fence. */
  Future<List<RunRow>> takeStrays(
      Database database, Deadline deadline, String node, long fence, Collection<UUID> runs) {
    return database
        .query(deadline, TAKE_STRAYS, Tuple.of(node, fence).addValue(runs.toArray(UUID[]::new)))
        .map(RunStore::rows);
  }

  /** Sets a run going again that waited for a person; empty when none does. */
  Future<List<RunRow>> resume(
      Database database, Deadline deadline, String node, long fence, UUID run, RunStatus as) {
    return database
        .query(deadline, RESUME, Tuple.of(node, fence, as.name(), run))
        .map(RunStore::rows);
  }

  /** The same in a transaction of somebody else; whether there was such a run. */
  Future<Boolean> resume(Tx tx, String node, long fence, UUID run, RunStatus as) {
    return tx.execute(RESUME, Tuple.of(node, fence, as.name(), run))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Writes the runs as given; returns those that are still this node's. */
  Future<Set<UUID>> change(
      Database database,
      Deadline deadline,
      String node,
      long fence,
      List<RunRow> rows,
      Instant now) {
    return database
        .query(
            deadline,
            CHANGE,
            Columns.of(rows)
                .value(node)
                .value(fence)
                .time(now)
                .uuids(RunRow::runId)
                .texts(row -> row.status().name())
                .integers(RunRow::position)
                .days(RunRow::segmentOn)
                .texts(RunRow::memory)
                .texts(RunRow::waitingFor)
                .times(RunRow::dueAt)
                .texts(RunRow::reason)
                .integers(RunStore::milestoneStatus)
                .texts(RunStore::milestoneBody)
                .tuple())
        .map(RunStore::ids);
  }

  private static Integer milestoneStatus(RunRow row) {
    return row.milestone() == null ? null : row.milestone().status();
  }

  private static String milestoneBody(RunRow row) {
    return row.milestone() == null ? null : row.milestone().body();
  }

  private static Set<UUID> ids(RowSet<Row> rows) {
    Set<UUID> ids = new HashSet<>();
    rows.forEach(row -> ids.add(row.getUUID(0)));
    return ids;
  }

  /** What the given runs have been told. */
  Future<List<Told>> signals(Database database, Deadline deadline, Collection<UUID> runs) {
    return database
        .query(deadline, SIGNALS, Tuple.tuple().addValue(runs.toArray(UUID[]::new)))
        .map(RunStore::told);
  }

  /** What waiting runs of a node have been told. */
  Future<List<Told>> unheard(Database database, Deadline deadline, String node) {
    return database.query(deadline, UNHEARD, Tuple.of(node)).map(RunStore::told);
  }

  private static List<Told> told(RowSet<Row> rows) {
    List<Told> told = new ArrayList<>();
    rows.forEach(row -> told.add(new Told(row.getUUID(0), row.getString(1), row.getString(2))));
    return told;
  }

  /** The milestones of those of the runs that have reached one. */
  Future<Map<UUID, Milestone>> milestones(
      Database database, Deadline deadline, Collection<UUID> runs) {
    return database
        .query(deadline, MILESTONES, Tuple.tuple().addValue(runs.toArray(UUID[]::new)))
        .map(RunStore::milestones);
  }

  private static Map<UUID, Milestone> milestones(RowSet<Row> rows) {
    Map<UUID, Milestone> milestones = new HashMap<>();
    rows.forEach(
        row -> milestones.put(row.getUUID(0), new Milestone(row.getInteger(1), row.getString(2))));
    return milestones;
  }

  private static List<RunRow> rows(RowSet<Row> rows) {
    List<RunRow> runs = new ArrayList<>();
    rows.forEach(row -> runs.add(row(row)));
    return runs;
  }

  private static RunRow row(Row row) {
    OffsetDateTime due = row.getOffsetDateTime(11);
    return new RunRow(
        row.getUUID(0),
        row.getInteger(1),
        row.getString(2),
        row.getInteger(3),
        row.getString(4),
        RunStatus.valueOf(row.getString(5)),
        row.getInteger(6),
        row.getLocalDate(7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        Timestamps.instant(due),
        row.getString(12),
        row.getInteger(13) == null ? null : new Milestone(row.getInteger(13), row.getString(14)),
        row.getString(15));
  }
}
