package dev.holdfast.commerce.inventory;

import dev.holdfast.commerce.inventory.InventoryProtocol.StockLevel;
import dev.holdfast.commerce.inventory.InventoryProtocol.WarehouseStock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stock as questions see it: committed, without locks. */
final class StockLevelStore {
  private static final String LEVEL =
      """
      SELECT sku, warehouse, on_hand, reserved FROM inventory.stock
      WHERE merchant_id = $1 AND sku = $2
      ORDER BY warehouse
      """;

  private static final String PAGE =
      """
      SELECT s.sku, s.warehouse, s.on_hand, s.reserved
      FROM (
        SELECT DISTINCT sku FROM inventory.stock
        WHERE merchant_id = $1 AND sku > $2 ORDER BY sku LIMIT $3) AS page
      JOIN inventory.stock s ON s.merchant_id = $1 AND s.sku = page.sku
      ORDER BY s.sku, s.warehouse
      """;

  private final Database database;

  StockLevelStore(Database database) {
    this.database = database;
  }

  /** The code's stock; all zero when nothing of it has ever been there. */
  Future<StockLevel> level(Deadline deadline, int merchant, String sku) {
    return database
        .query(deadline, LEVEL, Tuple.of(merchant, sku))
        .map(StockLevelStore::levels)
        .map(levels -> levels.isEmpty() ? level(sku, List.of()) : levels.getFirst());
  }

  /** At most {@code limit} codes behind the given one. */
  Future<List<StockLevel>> page(Deadline deadline, int merchant, String after, int limit) {
    return database
        .query(deadline, PAGE, Tuple.of(merchant, after == null ? "" : after, limit))
        .map(StockLevelStore::levels);
  }

  private static List<StockLevel> levels(RowSet<Row> rows) {
    Map<String, List<WarehouseStock>> shelves = new LinkedHashMap<>();
    for (Row row : rows) {
      shelves
          .computeIfAbsent(row.getString("sku"), sku -> new ArrayList<>())
          .add(
              new WarehouseStock(
                  row.getInteger("warehouse"), row.getLong("on_hand"), row.getLong("reserved")));
    }
    return shelves.entrySet().stream().map(code -> level(code.getKey(), code.getValue())).toList();
  }

  private static StockLevel level(String sku, List<WarehouseStock> warehouses) {
    return new StockLevel(
        sku,
        warehouses.stream().mapToLong(WarehouseStock::onHand).sum(),
        warehouses.stream().mapToLong(WarehouseStock::reserved).sum(),
        warehouses);
  }
}
