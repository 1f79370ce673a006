package dev.holdfast.postgres;

import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.Set;

/** What the history of the migrations says. */
final class MigrationStore {
  /** The versions that were applied, as their files name them. */
  private static final String APPLIED =
      """
      SELECT version FROM holdfast.migration WHERE success AND version IS NOT NULL
      """;

  private MigrationStore() {}

  /** Empty when there is no history yet. */
  static Future<Set<String>> applied(Database database, Deadline deadline) {
    return database
        .query(deadline, APPLIED, Tuple.tuple())
        .map(MigrationStore::versions)
        .recover(
            failure ->
                SqlState.isUndefinedTable(failure)
                    ? Future.succeededFuture(Set.of())
                    : Future.failedFuture(failure));
  }

  private static Set<String> versions(RowSet<Row> rows) {
    Set<String> versions = new HashSet<>();
    rows.forEach(row -> versions.add(row.getString("version")));
    return versions;
  }
}
