package dev.holdfast.agent;

import dev.holdfast.bus.ProtocolNames;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Timestamps;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Commands that come due. */
final class TimerStore {
  private static final String SET =
      """
      INSERT INTO holdfast.timer (agent, owner, name, number, due_at, type, command, set_on)
      SELECT $1, owner, name, number, due_at, type, command, $2::date
      FROM unnest($3::text[], $4::text[], $5::bigint[], $6::timestamptz[], $7::text[], $8::text[])
        AS timer (owner, name, number, due_at, type, command)
      ON CONFLICT (agent, owner, name) DO UPDATE
      SET number = excluded.number, due_at = excluded.due_at, type = excluded.type,
          command = excluded.command, set_on = excluded.set_on
      """;

  private static final String STOP =
      """
      DELETE FROM holdfast.timer
      USING unnest($2::text[], $3::text[]) AS stopped (owner, name)
      WHERE timer.agent = $1 AND timer.owner = stopped.owner AND timer.name = stopped.name
      """;

  private static final String DUE =
      """
      SELECT agent, owner, name, number, type, command, set_on
      FROM holdfast.timer WHERE due_at <= $1 ORDER BY due_at LIMIT $2
      """;

  private static final String DONE =
      """
      DELETE FROM holdfast.timer WHERE agent = $1 AND owner = $2 AND name = $3 AND number = $4
      """;

  /** A timer whose time has come. */
  record Due(
      String agent,
      String owner,
      String name,
      long number,
      String type,
      String command,
      LocalDate setOn) {}

  /** Sends the statements that set and stop timers; nothing for none. */
  void write(Tx tx, String agent, List<TimerSet> timers, LocalDate today) {
    List<TimerSet> stops = timers.stream().filter(timer -> timer.command() == null).toList();
    if (!stops.isEmpty()) {
      tx.execute(
          STOP,
          Columns.of(stops).value(agent).texts(TimerSet::owner).texts(TimerSet::name).tuple());
    }
    List<TimerSet> sets = timers.stream().filter(timer -> timer.command() != null).toList();
    if (!sets.isEmpty()) {
      tx.execute(SET, setArguments(agent, sets, today));
    }
  }

  private static Tuple setArguments(String agent, List<TimerSet> sets, LocalDate today) {
    return Columns.of(sets)
        .value(agent)
        .value(today)
        .texts(TimerSet::owner)
        .texts(TimerSet::name)
        .longs(TimerSet::number)
        .times(timer -> timer.dueAt())
        .texts(timer -> ProtocolNames.typeOf(timer.command().getClass()))
        .texts(timer -> RecordJson.write(timer.command()))
        .tuple();
  }

  /** Timers whose time has come, the longest due first. */
  Future<List<Due>> due(Database database, Deadline deadline, Instant now, int limit) {
    return database
        .query(deadline, DUE, Tuple.of(Timestamps.utc(now), limit))
        .map(
            rows -> {
              List<Due> due = new ArrayList<>();
              rows.forEach(row -> due.add(due(row)));
              return due;
            });
  }

  private static Due due(Row row) {
    return new Due(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.getLong(3),
        row.getString(4),
        row.getString(5),
        row.getLocalDate(6));
  }

  /** Ends a timer whose command was answered, unless it was set anew meanwhile. */
  Future<Void> done(Database database, Deadline deadline, Due timer) {
    return database
        .query(deadline, DONE, Tuple.of(timer.agent(), timer.owner(), timer.name(), timer.number()))
        .mapEmpty();
  }
}
