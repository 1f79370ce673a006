package dev.holdfast.stream;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Database;
import dev.holdfast.stream.OutboxPosition.Gap;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/** The outbox's one position: who tells it, and how far it is told. */
final class OutboxPositionStore {
  /**
   * Takes it from nobody, from an earlier life of this node, or from a lease that ran out by the
   * database's clock, and answers how far it is told when it is the owner's then. Takes nothing
   * when the owner's own lease ran out.
   */
  private static final String TAKE =
      """
      WITH taken AS (
        UPDATE holdfast.outbox_position AS p
        SET node = $1, fence = $2
        WHERE EXISTS (
          SELECT FROM holdfast.node AS n
          WHERE n.node_id = $1 AND n.fence = $2 AND n.lease_until > clock_timestamp())
          AND ((p.node = $1 AND p.fence < $2)
            OR (p.node <> $1 AND NOT EXISTS (
              SELECT FROM holdfast.node AS n
              WHERE n.node_id = p.node AND n.fence = p.fence
                AND n.lease_until > clock_timestamp())))
        RETURNING told, told_to, gap_first, gap_last)
      SELECT told, told_to, gap_first, gap_last FROM taken
      UNION ALL
      SELECT told, told_to, gap_first, gap_last
      FROM holdfast.outbox_position
      WHERE node = $1 AND fence = $2
      """;

  /**
   * A node that was replaced keeps nothing, whatever it still believes. Neither does one whose row
   * is not where it left it, as after a restored backup, nor a statement that comes late.
   */
  private static final String KEEP =
      """
      UPDATE holdfast.outbox_position
      SET told = $3, told_to = $4, gap_first = $1, gap_last = $2
      WHERE node = $5 AND fence = $6 AND told IN ($3, $7)
      RETURNING pg_current_xact_id()::text::bigint AS number
      """;

  private final Database database;

  OutboxPositionStore(Database database) {
    this.database = database;
  }

  /** How far the outbox is told, when it is the owner's to tell. */
  Future<Optional<OutboxPosition>> take(OutboxOwner owner, Deadline deadline) {
    return database
        .query(deadline, TAKE, Tuple.of(owner.node(), owner.fence()))
        .map(rows -> rows.stream().findFirst().map(OutboxPositionStore::position));
  }

  private static OutboxPosition position(Row row) {
    return OutboxPosition.kept(
        row.getLong("told"),
        row.getLong("told_to"),
        row.getArrayOfLongs("gap_first"),
        row.getArrayOfLongs("gap_last"));
  }

  /**
   * Keeps a position behind the one that was kept before; may be repeated.
   *
   * @return the number of the transaction that kept it; empty when it was not the owner's to keep,
   *     or another one was kept before
   */
  Future<Optional<Long>> keep(
      OutboxPosition before, OutboxPosition position, OutboxOwner owner, Deadline deadline) {
    Tuple arguments =
        Columns.of(position.gaps())
            .longs(Gap::first)
            .longs(Gap::last)
            .value(position.told())
            .value(position.toldTo())
            .value(owner.node())
            .value(owner.fence())
            .value(before.told())
            .tuple();
    return database
        .query(deadline, KEEP, arguments)
        .map(rows -> rows.stream().findFirst().map(row -> row.getLong("number")));
  }
}
