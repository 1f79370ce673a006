package dev.holdfast.degradation;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Timestamps;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The table of level changes. */
final class LevelChangeStore {
  /** Written again when an answer was lost: a change is one row all the same. */
  private static final String WRITE =
      """
      INSERT INTO holdfast.level_change (changed_at, node, subject, from_level, to_level, reasons)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT DO NOTHING
      """;

  private static final String LATEST =
      """
      SELECT changed_at, node, subject, from_level, to_level, reasons
      FROM holdfast.level_change
      ORDER BY changed_at DESC, node DESC, subject DESC, to_level DESC
      LIMIT $1
      """;

  private static final String FORGET =
      """
      DELETE FROM holdfast.level_change WHERE changed_at < $1
      """;

  private final Database database;

  LevelChangeStore(Database database) {
    this.database = database;
  }

  Future<Void> write(RecordedChange change, Deadline deadline) {
    Tuple row =
        Tuple.of(Timestamps.utc(change.at()), change.node(), change.subject())
            .addShort((short) change.from().number())
            .addShort((short) change.to().number())
            .addArrayOfString(change.reasons().toArray(String[]::new));
    return database.query(deadline, WRITE, row).mapEmpty();
  }

  /** The latest of all nodes, the newest last. */
  Future<List<RecordedChange>> latest(int limit, Deadline deadline) {
    return database.query(deadline, LATEST, Tuple.of(limit)).map(LevelChangeStore::changes);
  }

  Future<Void> forgetBefore(Instant time, Deadline deadline) {
    return database.query(deadline, FORGET, Tuple.of(Timestamps.utc(time))).mapEmpty();
  }

  private static List<RecordedChange> changes(RowSet<Row> rows) {
    List<RecordedChange> changes = new ArrayList<>(rows.size());
    for (Row row : rows) {
      changes.add(
          new RecordedChange(
              row.getString("node"),
              row.getString("subject"),
              Level.of(row.getShort("from_level")),
              Level.of(row.getShort("to_level")),
              Timestamps.instant(row.getOffsetDateTime("changed_at")),
              List.of(row.getArrayOfStrings("reasons"))));
    }
    Collections.reverse(changes);
    return changes;
  }
}
