package dev.holdfast.stream;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.Set;

/** The lanes' rows: who relays what. */
final class OutboxLaneStore {
  /**
   * Takes what nobody has, what an earlier life of this node had, and what belongs to a lease that
   * ran out by the database's clock; answers all that the owner has then. Takes nothing when the
   * owner's own lease ran out.
   */
  private static final String TAKE =
      """
      WITH taken AS (
        INSERT INTO holdfast.outbox_lane AS l (lane, node, fence)
        SELECT lane, $1, $2
        FROM generate_series(0, $3::integer - 1) AS lane
        WHERE EXISTS (
          SELECT FROM holdfast.node AS n
          WHERE n.node_id = $1 AND n.fence = $2 AND n.lease_until > clock_timestamp())
        ORDER BY lane
        ON CONFLICT (lane) DO UPDATE SET node = excluded.node, fence = excluded.fence
        WHERE (l.node = excluded.node AND l.fence < excluded.fence)
          OR (l.node <> excluded.node AND NOT EXISTS (
            SELECT FROM holdfast.node AS n
            WHERE n.node_id = l.node AND n.fence = l.fence AND n.lease_until > clock_timestamp()))
        RETURNING l.lane)
      SELECT lane FROM taken
      UNION
      SELECT lane FROM holdfast.outbox_lane WHERE node = $1 AND fence = $2
      """;

  private final Database database;

  OutboxLaneStore(Database database) {
    this.database = database;
  }

  Future<Set<Integer>> take(LaneOwner owner, Deadline deadline) {
    Tuple arguments = Tuple.of(owner.node(), owner.fence(), Outbox.LANES);
    return database
        .query(deadline, TAKE, arguments)
        .map(
            rows -> {
              Set<Integer> lanes = new HashSet<>();
              for (Row row : rows) {
                lanes.add(row.getInteger("lane"));
              }
              return lanes;
            });
  }
}
