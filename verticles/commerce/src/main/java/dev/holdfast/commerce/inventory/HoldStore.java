package dev.holdfast.commerce.inventory;

import dev.holdfast.commerce.inventory.InventoryProtocol.Allocation;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Reservations and their lines. */
final class HoldStore {
  private static final String HOLDS =
      """
      SELECT r.merchant_id, r.reservation, r.state, r.expires_at, l.sku, l.warehouse, l.units
      FROM unnest($1::int[], $2::uuid[]) AS asked(merchant_id, reservation)
      JOIN inventory.reservation r USING (merchant_id, reservation)
      LEFT JOIN inventory.reservation_line l USING (merchant_id, reservation)
      ORDER BY r.merchant_id, r.reservation, l.line
      """;

  private static final String LOCK_HOLDS = HOLDS + "FOR UPDATE OF r\n";

  private static final String NEW_HOLDS =
      """
      WITH hold AS (
        INSERT INTO inventory.reservation
          (merchant_id, reservation, state, reserved_at, expires_at, closed_at)
        SELECT h.merchant_id, h.reservation, h.state, $5::timestamptz, h.expires_at,
               CASE WHEN h.state <> 'ACTIVE' THEN $5::timestamptz END
        FROM unnest($1::int[], $2::uuid[], $3::text[], $4::timestamptz[])
          AS h(merchant_id, reservation, state, expires_at)
        ORDER BY h.merchant_id, h.reservation)
      INSERT INTO inventory.reservation_line
        (merchant_id, reservation, line, sku, warehouse, units)
      SELECT * FROM unnest($6::int[], $7::uuid[], $8::int[], $9::text[], $10::int[], $11::bigint[])
      """;

  private static final String CLOSE_HOLDS =
      """
      UPDATE inventory.reservation r SET state = c.state, closed_at = $4::timestamptz
      FROM unnest($1::int[], $2::uuid[], $3::text[]) AS c(merchant_id, reservation, state)
      WHERE r.merchant_id = c.merchant_id AND r.reservation = c.reservation
      """;

  /** A reservation of a merchant. */
  record HoldName(int merchant, UUID reservation) {}

  /** A line of a reservation, numbered from 1. */
  private record HoldLine(Hold hold, int line, Allocation part) {}

  /** Adds the reservations that a batch may close, and locks them. */
  Future<?> lock(Tx tx, Collection<HoldName> names, Stock stock) {
    return tx.execute(LOCK_HOLDS, arguments(names)).map(rows -> addAll(rows, stock));
  }

  /** Adds the reservations of these names that are there. */
  Future<?> read(Tx tx, Collection<HoldName> names, Stock stock) {
    return tx.execute(HOLDS, arguments(names)).map(rows -> addAll(rows, stock));
  }

  private static Tuple arguments(Collection<HoldName> names) {
    return Columns.of(names).integers(HoldName::merchant).uuids(HoldName::reservation).tuple();
  }

  /** The lines of a reservation lie one behind the other; a row without a code is one without. */
  private static Stock addAll(RowSet<Row> rows, Stock stock) {
    List<Allocation> allocations = new ArrayList<>();
    Row last = null;
    for (Row row : rows) {
      if (last != null && !sameHold(last, row)) {
        stock.add(hold(last, allocations));
        allocations.clear();
      }
      if (row.getString("sku") != null) {
        allocations.add(allocation(row));
      }
      last = row;
    }
    if (last != null) {
      stock.add(hold(last, allocations));
    }
    return stock;
  }

  private static boolean sameHold(Row one, Row other) {
    return one.getUUID("reservation").equals(other.getUUID("reservation"))
        && one.getInteger("merchant_id").equals(other.getInteger("merchant_id"));
  }

  private static Allocation allocation(Row row) {
    return new Allocation(row.getString("sku"), row.getInteger("warehouse"), row.getLong("units"));
  }

  private static Hold hold(Row row, List<Allocation> allocations) {
    OffsetDateTime expiresAt = row.getOffsetDateTime("expires_at");
    return Hold.loaded(
        row.getInteger("merchant_id"),
        row.getUUID("reservation"),
        Hold.State.valueOf(row.getString("state")),
        expiresAt == null ? null : expiresAt.toInstant(),
        allocations);
  }

  void insert(Tx tx, List<Hold> holds, Instant now) {
    if (holds.isEmpty()) {
      return;
    }
    tx.execute(
        NEW_HOLDS,
        Columns.of(holds)
            .integers(hold -> hold.merchant)
            .uuids(hold -> hold.reservation)
            .texts(hold -> hold.state().name())
            .times(hold -> hold.expiresAt)
            .time(now)
            .then(lines(holds))
            .integers(line -> line.hold().merchant)
            .uuids(line -> line.hold().reservation)
            .integers(HoldLine::line)
            .texts(line -> line.part().sku())
            .integers(line -> line.part().warehouse())
            .longs(line -> line.part().units())
            .tuple());
  }

  private static List<HoldLine> lines(List<Hold> holds) {
    List<HoldLine> lines = new ArrayList<>();
    for (Hold hold : holds) {
      int line = 0;
      for (Allocation part : hold.allocations) {
        lines.add(new HoldLine(hold, ++line, part));
      }
    }
    return lines;
  }

  void close(Tx tx, List<Hold> holds, Instant now) {
    if (holds.isEmpty()) {
      return;
    }
    tx.execute(
        CLOSE_HOLDS,
        Columns.of(holds)
            .integers(hold -> hold.merchant)
            .uuids(hold -> hold.reservation)
            .texts(hold -> hold.state().name())
            .time(now)
            .tuple());
  }
}
