package dev.holdfast.commerce.product;

import dev.holdfast.commerce.product.Catalogue.NewPrice;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The catalogue, for batches. */
final class CatalogueStore {
  /** Keys come sorted; the function is called in their order. */
  private static final String LOCK_IMPORTS =
      """
      SELECT pg_advisory_xact_lock(key) FROM unnest($1::bigint[]) AS key
      """;

  private static final String LOCK_ITEMS =
      """
      SELECT p.merchant_id, p.sku, p.unit_price, p.currency, p.version
      FROM unnest($1::int[], $2::text[]) AS asked(merchant_id, sku)
      JOIN product.product p USING (merchant_id, sku)
      ORDER BY p.merchant_id, p.sku
      FOR UPDATE OF p
      """;

  private static final String NEW_ITEMS =
      """
      INSERT INTO product.product
        (merchant_id, sku, name, unit_price, currency, weight_grams, version, created_at)
      SELECT n.merchant_id, n.sku, n.name, n.unit_price::numeric, n.currency, n.weight_grams,
             n.version, $8::timestamptz
      FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[],
                  $7::bigint[])
        AS n(merchant_id, sku, name, unit_price, currency, weight_grams, version)
      """;

  private static final String CHANGE_ITEMS =
      """
      UPDATE product.product p SET unit_price = c.unit_price::numeric, version = c.version
      FROM unnest($1::int[], $2::text[], $3::text[], $4::bigint[])
        AS c(merchant_id, sku, unit_price, version)
      WHERE p.merchant_id = c.merchant_id AND p.sku = c.sku
      """;

  private static final String NEW_PRICES =
      """
      INSERT INTO product.price (merchant_id, sku, version, unit_price, valid_from, reason)
      SELECT n.merchant_id, n.sku, n.version, n.unit_price::numeric, $6::timestamptz, n.reason
      FROM unnest($1::int[], $2::text[], $3::bigint[], $4::text[], $5::text[])
        AS n(merchant_id, sku, version, unit_price, reason)
      """;

  /** A product's code. */
  record Code(int merchant, String sku) {}

  /**
   * Lets no other transaction import for these merchants until this one has ended: two imports with
   * the same new products would meet in their keys.
   */
  Future<?> lockImports(Tx tx, Collection<Integer> merchants) {
    List<Long> keys =
        merchants.stream()
            .map(merchant -> DerivedId.of("product.import", merchant).getMostSignificantBits())
            .sorted()
            .distinct()
            .toList();
    return tx.execute(LOCK_IMPORTS, Columns.of(keys).longs(key -> key).tuple());
  }

  /** Adds the products that are there, and locks them. */
  Future<?> lock(Tx tx, Collection<Code> codes, Catalogue catalogue) {
    return tx.execute(
            LOCK_ITEMS, Columns.of(codes).integers(Code::merchant).texts(Code::sku).tuple())
        .map(rows -> addAll(rows, catalogue));
  }

  private static Catalogue addAll(RowSet<Row> rows, Catalogue catalogue) {
    for (Row row : rows) {
      catalogue.add(
          Item.loaded(
              row.getInteger("merchant_id"),
              row.getString("sku"),
              row.getString("currency"),
              row.getBigDecimal("unit_price"),
              row.getLong("version")));
    }
    return catalogue;
  }

  void insert(Tx tx, List<Item> items, Instant now) {
    if (items.isEmpty()) {
      return;
    }
    tx.execute(
        NEW_ITEMS,
        Columns.of(items)
            .integers(item -> item.merchant)
            .texts(item -> item.sku)
            .texts(item -> item.name)
            .decimals(Item::unitPrice)
            .texts(item -> item.currency)
            .integers(item -> item.weightGrams)
            .longs(Item::version)
            .time(now)
            .tuple());
  }

  void update(Tx tx, List<Item> items) {
    if (items.isEmpty()) {
      return;
    }
    tx.execute(
        CHANGE_ITEMS,
        Columns.of(items)
            .integers(item -> item.merchant)
            .texts(item -> item.sku)
            .decimals(Item::unitPrice)
            .longs(Item::version)
            .tuple());
  }

  void append(Tx tx, List<NewPrice> prices, Instant now) {
    if (prices.isEmpty()) {
      return;
    }
    tx.execute(
        NEW_PRICES,
        Columns.of(prices)
            .integers(NewPrice::merchant)
            .texts(NewPrice::sku)
            .longs(NewPrice::version)
            .decimals(NewPrice::unitPrice)
            .texts(NewPrice::reason)
            .time(now)
            .tuple());
  }
}
