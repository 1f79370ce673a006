package dev.holdfast.commerce.shared;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Timestamps;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;

/** Reads the orders that are due for a look. */
public final class OrderKeyStore {
  private OrderKeyStore() {}

  /**
   * The orders that are due.
   *
   * @param statement takes a time and a limit; answers merchant and order, longest waiting first
   */
  public static Future<List<OrderKey>> due(
      Database database, Deadline deadline, String statement, Instant now, int limit) {
    return database
        .query(deadline, statement, Tuple.of(Timestamps.utc(now), limit))
        .map(
            rows ->
                rows.stream().map(row -> new OrderKey(row.getInteger(0), row.getUUID(1))).toList());
  }
}
