package dev.holdfast.deadletter;

import dev.holdfast.deadletter.LetterReplay.Counts;
import dev.holdfast.deadletter.LetterReplay.Status;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Timestamps;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of replays. */
final class LetterReplayStore {
  /** The most replays that one page shows. */
  static final int PAGE_MAX = 100;

  /** The unique index that lets one replay of an agent run at a time. */
  static final String ONE_RUNS = "dead_letter_replay_running";

  private static final String COLUMNS =
      """
      id, agent, letter, parking_key, fingerprint, parked_from, parked_until, rate, node, started_by,
      started_at, status, stage, round, letters, replayed, answered, broken, put_off, held_back,
      reason, ended_at
      """;

  private static final String INSERT =
      """
      INSERT INTO holdfast.dead_letter_replay
        (agent, letter, parking_key, fingerprint, parked_from, parked_until, rate, node, started_by,
         started_at, status, stage, round, letters)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'RUNNING', 'ONE', 1, $11)
      RETURNING
      """
          + COLUMNS;

  /** What was asked counts, also after it was called off; how it ended stays as it was said. */
  private static final String PROGRESS =
      """
      UPDATE holdfast.dead_letter_replay
      SET stage = $3, round = $4, replayed = $5, answered = $6, broken = $7, put_off = $8,
          held_back = $9, beat_at = clock_timestamp(),
          status = CASE WHEN status = 'RUNNING' THEN $2 ELSE status END,
          reason = CASE WHEN status = 'RUNNING' THEN $10 ELSE reason END,
          ended_at = CASE WHEN status = 'RUNNING' THEN $11 ELSE ended_at END
      WHERE id = $1
      RETURNING status = $2
      """;

  private static final String CANCEL =
      """
      UPDATE holdfast.dead_letter_replay
      SET status = 'CANCELLED', reason = $2, ended_at = $3
      WHERE id = $1 AND status = 'RUNNING'
      RETURNING agent
      """;

  /** Whoever runs one writes at least every few seconds. */
  private static final String INTERRUPT =
      """
      UPDATE holdfast.dead_letter_replay
      SET status = 'INTERRUPTED', reason = 'its node ended', ended_at = $2
      WHERE status = 'RUNNING'
        AND (node = $1 OR beat_at < clock_timestamp() - interval '1 minute')
      """;

  private static final String INTERRUPT_STALE =
      """
      UPDATE holdfast.dead_letter_replay
      SET status = 'INTERRUPTED', reason = 'its node ended', ended_at = $2
      WHERE status = 'RUNNING' AND agent = $1
        AND beat_at < clock_timestamp() - interval '1 minute'
      """;

  private static final String FIND =
      "SELECT " + COLUMNS + " FROM holdfast.dead_letter_replay WHERE id = $1";

  private static final String PAGE =
      "SELECT "
          + COLUMNS
          + """
           FROM holdfast.dead_letter_replay
          WHERE $1::text IS NULL OR agent = $1
          ORDER BY id DESC
          LIMIT $2
          """;

  private LetterReplayStore() {}

  /** Enters one; a unique violation of {@link #ONE_RUNS} when another of the agent runs. */
  static Future<LetterReplay> insert(
      Tx tx,
      LetterSelection selection,
      int rate,
      String node,
      String who,
      long letters,
      Instant now) {
    Tuple arguments =
        Tuple.tuple()
            .addValue(selection.agent())
            .addValue(selection.number())
            .addValue(selection.parkingKey())
            .addValue(selection.fingerprint())
            .addValue(Timestamps.utc(selection.from()))
            .addValue(Timestamps.utc(selection.until()))
            .addValue(rate)
            .addValue(node)
            .addValue(who)
            .addValue(Timestamps.utc(now))
            .addValue(letters);
    return tx.execute(INSERT, arguments).map(rows -> replays(rows).getFirst());
  }

  /** Writes how far it came; false when it was called off or given up meanwhile. */
  static Future<Boolean> progress(Tx tx, LetterReplay replay) {
    Counts counts = replay.counts();
    Tuple arguments =
        Tuple.tuple()
            .addValue(replay.number())
            .addValue(replay.status().name())
            .addValue(replay.stage())
            .addValue(replay.round())
            .addValue(counts.replayed())
            .addValue(counts.answered())
            .addValue(counts.broken())
            .addValue(counts.putOff())
            .addValue(counts.heldBack())
            .addValue(replay.reason())
            .addValue(Timestamps.utc(replay.endedAt()));
    return tx.execute(PROGRESS, arguments).map(rows -> rows.iterator().next().getBoolean(0));
  }

  /** Calls one off; its agent, or empty when none of this number runs. */
  static Future<Optional<String>> cancel(Tx tx, long number, String reason, Instant now) {
    return tx.execute(CANCEL, Tuple.of(number, reason, Timestamps.utc(now)))
        .map(rows -> rows.rowCount() == 0 ? null : rows.iterator().next().getString(0))
        .map(Optional::ofNullable);
  }

  /** Gives up those of the node's former life, and those whose node is silent. */
  static Future<Integer> interrupt(Tx tx, String node, Instant now) {
    return tx.execute(INTERRUPT, Tuple.of(node, Timestamps.utc(now))).map(RowSet::rowCount);
  }

  /** Gives up the one of an agent whose node is silent. */
  static Future<Void> interruptStale(Tx tx, String agent, Instant now) {
    return tx.execute(INTERRUPT_STALE, Tuple.of(agent, Timestamps.utc(now))).mapEmpty();
  }

  static Future<Optional<LetterReplay>> find(Database database, long number, Deadline deadline) {
    return database
        .query(deadline, FIND, Tuple.of(number))
        .map(rows -> replays(rows).stream().findFirst());
  }

  /** The newest first; at most {@link #PAGE_MAX}. */
  static Future<List<LetterReplay>> page(Database database, String agent, Deadline deadline) {
    return database
        .query(deadline, PAGE, Tuple.of(agent, PAGE_MAX))
        .map(LetterReplayStore::replays);
  }

  private static List<LetterReplay> replays(RowSet<Row> rows) {
    List<LetterReplay> replays = new ArrayList<>(rows.size());
    rows.forEach(row -> replays.add(replay(row)));
    return replays;
  }

  private static LetterReplay replay(Row row) {
    return new LetterReplay(
        row.getLong("id"),
        new LetterSelection(
            row.getString("agent"),
            row.getLong("letter"),
            row.getString("parking_key"),
            row.getString("fingerprint"),
            Timestamps.instant(row.getOffsetDateTime("parked_from")),
            Timestamps.instant(row.getOffsetDateTime("parked_until"))),
        row.getInteger("rate"),
        row.getString("node"),
        row.getString("started_by"),
        Timestamps.instant(row.getOffsetDateTime("started_at")),
        Status.valueOf(row.getString("status")),
        row.getString("stage"),
        row.getInteger("round"),
        row.getLong("letters"),
        new Counts(
            row.getLong("replayed"),
            row.getLong("answered"),
            row.getLong("broken"),
            row.getLong("put_off"),
            row.getLong("held_back")),
        row.getString("reason"),
        Timestamps.instant(row.getOffsetDateTime("ended_at")));
  }
}
