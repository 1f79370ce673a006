package dev.holdfast.deadletter;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Timestamps;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Open letters by their cause. */
final class CauseStore {
  /** The most causes that are shown. */
  static final int PAGE_MAX = 200;

  private static final String CAUSES =
      """
      SELECT agent, fingerprint, min(error) AS error, count(*) AS letters,
             count(DISTINCT parking_key) AS aggregates, min(parked_at) AS first,
             max(parked_at) AS last
      FROM holdfast.dead_letter
      WHERE closed_at IS NULL AND ($1::text IS NULL OR agent = $1)
      GROUP BY agent, fingerprint
      ORDER BY letters DESC, agent, fingerprint
      LIMIT $2
      """;

  private CauseStore() {}

  /** The most frequent first; at most {@link #PAGE_MAX}. */
  static Future<List<Cause>> causes(Database database, String agent, Deadline deadline) {
    return database.query(deadline, CAUSES, Tuple.of(agent, PAGE_MAX)).map(CauseStore::causes);
  }

  private static List<Cause> causes(RowSet<Row> rows) {
    List<Cause> causes = new ArrayList<>(rows.size());
    for (Row row : rows) {
      causes.add(
          new Cause(
              row.getString("agent"),
              new Fingerprint(row.getString("fingerprint"), row.getString("error")),
              row.getLong("letters"),
              row.getLong("aggregates"),
              instant(row, "first"),
              instant(row, "last")));
    }
    return causes;
  }

  private static Instant instant(Row row, String column) {
    return Timestamps.instant(row.getOffsetDateTime(column));
  }
}
