package dev.holdfast.postgres;

import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The nodes' leases. All times are the database's. */
final class NodeStore {
  /** Whoever comes with the id is the node now: its former life has the lesser fence. */
  private static final String TAKE =
      """
      INSERT INTO holdfast.node AS node (node_id, fence, lease_until, taken_at, renewals)
      VALUES ($1, nextval('holdfast.fence'),
              clock_timestamp() + $2 * interval '1 millisecond', clock_timestamp(), 1)
      ON CONFLICT (node_id) DO UPDATE
        SET fence = excluded.fence, lease_until = excluded.lease_until, taken_at = excluded.taken_at,
            renewals = node.renewals + 1
      RETURNING node.fence, node.renewals
      """;

  /** An expired lease may be renewed as long as nobody has fenced the node off. */
  private static final String RENEW =
      """
      UPDATE holdfast.node
      SET lease_until = clock_timestamp() + $3 * interval '1 millisecond', renewals = renewals + 1
      WHERE node_id = $1 AND fence = $2
      RETURNING renewals
      """;

  /** A write like any other, which changes nothing. */
  private static final String TOUCH =
      """
      UPDATE holdfast.node SET lease_until = lease_until
      WHERE node_id = $1 AND fence = $2
      """;

  private static final String SEE =
      """
      SELECT fence FROM holdfast.node
      WHERE node_id = $1
      """;

  private static final String RELEASE =
      """
      UPDATE holdfast.node SET lease_until = clock_timestamp()
      WHERE node_id = $1 AND fence = $2
      """;

  private static final String EXPIRED =
      """
      SELECT node_id, fence FROM holdfast.node
      WHERE node_id <> $1 AND lease_until < clock_timestamp()
      ORDER BY node_id
      """;

  private static final String FENCE_OFF =
      """
      UPDATE holdfast.node SET fence = nextval('holdfast.fence')
      WHERE node_id = $1 AND fence = $2 AND lease_until < clock_timestamp()
      """;

  private final Database database;

  NodeStore(Database database) {
    this.database = database;
  }

  /** A lease that was taken: its fence, and the node's renewals in all its lives. */
  record Taken(long fence, long renewals) {}

  Future<Taken> take(Deadline deadline, String nodeId, Duration lease) {
    return database
        .query(deadline, TAKE, Tuple.of(nodeId, (double) lease.toMillis()))
        .map(rows -> rows.iterator().next())
        .map(row -> new Taken(row.getLong("fence"), row.getLong("renewals")));
  }

  /** The node's renewals in all its lives; empty when the fence is an old one. */
  Future<OptionalLong> renew(Deadline deadline, String nodeId, long fence, Duration lease) {
    return database
        .query(deadline, RENEW, Tuple.of(nodeId, fence, (double) lease.toMillis()))
        .map(
            rows ->
                rows.size() == 1
                    ? OptionalLong.of(rows.iterator().next().getLong("renewals"))
                    : OptionalLong.empty());
  }

  /** False when the fence is an old one. */
  Future<Boolean> touch(Deadline deadline, String nodeId, long fence) {
    return database.query(deadline, TOUCH, Tuple.of(nodeId, fence)).map(NodeStore::changed);
  }

  Future<Void> see(Deadline deadline, String nodeId) {
    return database.query(deadline, SEE, Tuple.of(nodeId)).mapEmpty();
  }

  Future<Boolean> release(Deadline deadline, String nodeId, long fence) {
    return database.query(deadline, RELEASE, Tuple.of(nodeId, fence)).map(NodeStore::changed);
  }

  Future<List<ExpiredNode>> expired(Deadline deadline, String exceptNodeId) {
    return database.query(deadline, EXPIRED, Tuple.of(exceptNodeId)).map(NodeStore::nodes);
  }

  /** False when it has come back, or was fenced off before. */
  Future<Boolean> fenceOff(Deadline deadline, ExpiredNode node) {
    return database
        .query(deadline, FENCE_OFF, Tuple.of(node.nodeId(), node.fence()))
        .map(NodeStore::changed);
  }

  private static boolean changed(RowSet<Row> rows) {
    return rows.rowCount() == 1;
  }

  private static List<ExpiredNode> nodes(RowSet<Row> rows) {
    List<ExpiredNode> nodes = new ArrayList<>();
    rows.forEach(row -> nodes.add(new ExpiredNode(row.getString("node_id"), row.getLong("fence"))));
    return nodes;
  }
}
