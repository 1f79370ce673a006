package dev.holdfast.postgres;

import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;

/** Back ends of ours that are ended from outside. */
final class BackEndStore {
  /** Only sessions of the same role: a process id may be another's by now. */
  private static final String END =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE pid = ANY($1::int[]) AND usename = current_user AND pid <> pg_backend_pid()
        AND pg_terminate_backend(pid)
      """;

  private BackEndStore() {}

  /** How many were told to end. */
  static Future<Integer> end(Database database, Deadline deadline, Collection<Integer> pids) {
    Tuple arguments = Tuple.tuple().addValue(pids.toArray(Integer[]::new));
    return database
        .query(deadline, END, arguments)
        .map(rows -> rows.iterator().next().getLong(0).intValue());
  }
}
