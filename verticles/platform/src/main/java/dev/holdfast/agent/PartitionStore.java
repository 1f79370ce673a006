package dev.holdfast.agent;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;

/** The daily partitions of recorded replies. */
final class PartitionStore {
  /** Made ahead, so that a day without a working timer does no harm. */
  private static final int DAYS = 10;

  /** Dropped at once, so that the table is locked for a moment only. */
  private static final int DROPS = 5;

  private static final String MAKE = "SELECT holdfast.make_reply_partitions($1::date, $2::int)";
  private static final String DROP = "SELECT holdfast.drop_reply_partitions($1::date, $2::int)";

  /** Makes what is missing from yesterday on. */
  Future<Void> make(Database database, Deadline deadline, LocalDate today) {
    return database.query(deadline, MAKE, Tuple.of(today.minusDays(1), DAYS)).mapEmpty();
  }

  /**
   * Drops days before the given one that nothing unfinished names.
   *
   * @return how many were dropped; a few at most, call again for the rest
   */
  Future<Integer> drop(Database database, Deadline deadline, LocalDate before) {
    return database
        .query(deadline, DROP, Tuple.of(before, DROPS))
        .map(rows -> rows.iterator().next().getInteger(0));
  }
}
