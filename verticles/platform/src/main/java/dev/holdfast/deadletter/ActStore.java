package dev.holdfast.deadletter;

import dev.holdfast.deadletter.Act.End;
import dev.holdfast.deadletter.Act.Kind;
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
import java.util.ArrayList;
import java.util.List;

/** The audit's rows. They are written and read, never changed. */
final class ActStore {
  /** The most acts that are shown of one letter. */
  static final int PAGE_MAX = 200;

  private static final String WRITE =
      """
      INSERT INTO holdfast.dead_letter_act (agent, letter, replay, act, who, at, outcome, note)
      SELECT agent, letter, replay, act, who, at, outcome, note
      FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[],
                  $6::timestamptz[], $7::text[], $8::text[])
           WITH ORDINALITY AS a (agent, letter, replay, act, who, at, outcome, note, place)
      ORDER BY place
      """;

  private static final String OF_LETTER =
      """
      SELECT agent, letter, replay, act, who, at, outcome, note
      FROM holdfast.dead_letter_act
      WHERE letter = $1
      ORDER BY id DESC
      LIMIT $2
      """;

  private static final String REPLAYS =
      """
      SELECT count(*) FILTER (WHERE outcome IN ('REPLAYED', 'ANSWERED')) AS succeeded,
             count(*) FILTER (WHERE outcome IN ('BROKE_AGAIN', 'PUT_OFF')) AS failed
      FROM holdfast.dead_letter_act
      WHERE act = 'REPLAY' AND at >= $1
      """;

  private ActStore() {}

  /** Replays of single letters since a platform time. */
  record Replays(long succeeded, long failed) {}

  static Future<Replays> replaysSince(Database database, Instant since, Deadline deadline) {
    return database
        .query(deadline, REPLAYS, Tuple.of(Timestamps.utc(since)))
        .map(rows -> rows.iterator().next())
        .map(row -> new Replays(row.getLong(0), row.getLong(1)));
  }

  /** Sends one statement that writes the acts; nothing for none. */
  static Future<Void> write(Tx tx, List<Act> acts) {
    return acts.isEmpty() ? Future.succeededFuture() : tx.execute(WRITE, columns(acts)).mapEmpty();
  }

  private static Tuple columns(List<Act> acts) {
    return Columns.of(acts)
        .texts(Act::agent)
        .longs(Act::letter)
        .longs(Act::replay)
        .texts(act -> act.kind().name())
        .texts(Act::who)
        .times(Act::at)
        .texts(act -> act.outcome().name())
        .texts(Act::note)
        .tuple();
  }

  /** What was done about a letter, the newest first; at most {@link #PAGE_MAX}. */
  static Future<List<Act>> ofLetter(Database database, long number, Deadline deadline) {
    return database.query(deadline, OF_LETTER, Tuple.of(number, PAGE_MAX)).map(ActStore::acts);
  }

  private static List<Act> acts(RowSet<Row> rows) {
    List<Act> acts = new ArrayList<>(rows.size());
    rows.forEach(row -> acts.add(act(row)));
    return acts;
  }

  private static Act act(Row row) {
    return new Act(
        row.getString("agent"),
        row.getLong("letter"),
        row.getLong("replay"),
        Kind.valueOf(row.getString("act")),
        row.getString("who"),
        Timestamps.instant(row.getOffsetDateTime("at")),
        End.valueOf(row.getString("outcome")),
        row.getString("note"));
  }
}
