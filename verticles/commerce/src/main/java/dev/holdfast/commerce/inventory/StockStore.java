package dev.holdfast.commerce.inventory;

import dev.holdfast.commerce.inventory.HoldStore.HoldName;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Collection;
import java.util.List;

/** What lies on the shelves, and the ledger of what moved. */
final class StockStore {
  /** Every shelf of the codes that are asked for, and those that named reservations stand on. */
  private static final String LOCK_SHELVES =
      """
      SELECT s.merchant_id, s.sku, s.warehouse, s.on_hand, s.reserved, s.version
      FROM (
        SELECT merchant_id, sku, warehouse
        FROM unnest($1::int[], $2::text[]) AS asked(merchant_id, sku)
        CROSS JOIN unnest($5::int[]) AS every(warehouse)
        UNION
        SELECT l.merchant_id, l.sku, l.warehouse
        FROM unnest($3::int[], $4::uuid[]) AS held(merchant_id, reservation)
        JOIN inventory.reservation_line l USING (merchant_id, reservation)) AS wanted
      JOIN inventory.stock s USING (merchant_id, sku, warehouse)
      ORDER BY s.merchant_id, s.sku, s.warehouse
      FOR UPDATE OF s
      """;

  private static final String CHANGE_SHELVES =
      """
      UPDATE inventory.stock s
      SET on_hand = s.on_hand + d.on_hand, reserved = s.reserved + d.reserved,
          version = s.version + d.version
      FROM unnest($1::int[], $2::text[], $3::int[], $4::bigint[], $5::bigint[], $6::bigint[])
        AS d(merchant_id, sku, warehouse, on_hand, reserved, version)
      WHERE s.merchant_id = d.merchant_id AND s.sku = d.sku AND s.warehouse = d.warehouse
      """;

  /** Another lane may have put the same new code on its shelf: then both are added. */
  private static final String NEW_SHELVES =
      """
      INSERT INTO inventory.stock AS s (merchant_id, sku, warehouse, on_hand, reserved, version)
      SELECT * FROM unnest($1::int[], $2::text[], $3::int[], $4::bigint[], $5::bigint[], $6::bigint[])
        AS d(merchant_id, sku, warehouse, on_hand, reserved, version)
      ORDER BY d.merchant_id, d.sku, d.warehouse
      ON CONFLICT (merchant_id, sku, warehouse) DO UPDATE
      SET on_hand = s.on_hand + excluded.on_hand, reserved = s.reserved + excluded.reserved,
          version = s.version + excluded.version
      """;

  private static final String NEW_MOVEMENTS =
      """
      INSERT INTO inventory.movement
        (merchant_id, sku, warehouse, kind, units, short_units, reference, moved_at)
      SELECT * FROM unnest($1::int[], $2::text[], $3::int[], $4::text[], $5::bigint[],
        $6::bigint[], $7::uuid[], $8::timestamptz[])
      """;

  /** A code of a merchant. */
  record Code(int merchant, String sku) {}

  /** Adds and locks every shelf of the codes, and those on which the reservations hold units. */
  Future<?> lock(Tx tx, Collection<Code> codes, Collection<HoldName> holds, Stock stock) {
    return tx.execute(
            LOCK_SHELVES,
            Columns.of(codes)
                .integers(Code::merchant)
                .texts(Code::sku)
                .then(holds)
                .integers(HoldName::merchant)
                .uuids(HoldName::reservation)
                .value(Stock.WAREHOUSES.toArray(Integer[]::new))
                .tuple())
        .map(rows -> addAll(rows, stock));
  }

  private static Stock addAll(RowSet<Row> rows, Stock stock) {
    for (Row row : rows) {
      stock.add(
          Shelf.loaded(
              row.getInteger("merchant_id"),
              row.getString("sku"),
              row.getInteger("warehouse"),
              row.getLong("on_hand"),
              row.getLong("reserved"),
              row.getLong("version")));
    }
    return stock;
  }

  void update(Tx tx, List<Shelf> shelves) {
    write(tx, CHANGE_SHELVES, shelves);
  }

  void insert(Tx tx, List<Shelf> shelves) {
    write(tx, NEW_SHELVES, shelves);
  }

  private static void write(Tx tx, String sql, List<Shelf> shelves) {
    if (shelves.isEmpty()) {
      return;
    }
    tx.execute(
        sql,
        Columns.of(shelves)
            .integers(shelf -> shelf.merchant)
            .texts(shelf -> shelf.sku)
            .integers(shelf -> shelf.warehouse)
            .longs(Shelf::onHandDelta)
            .longs(Shelf::reservedDelta)
            .longs(Shelf::versionDelta)
            .tuple());
  }

  void append(Tx tx, List<Movement> movements) {
    if (movements.isEmpty()) {
      return;
    }
    tx.execute(
        NEW_MOVEMENTS,
        Columns.of(movements)
            .integers(Movement::merchant)
            .texts(Movement::sku)
            .integers(Movement::warehouse)
            .texts(movement -> movement.kind().name())
            .longs(Movement::units)
            .longs(Movement::shortUnits)
            .uuids(Movement::reference)
            .times(Movement::at)
            .tuple());
  }
}
