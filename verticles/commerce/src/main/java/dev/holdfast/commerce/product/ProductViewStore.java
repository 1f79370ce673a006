package dev.holdfast.commerce.product;

import dev.holdfast.bus.QueryRefused;
import dev.holdfast.commerce.product.ProductProtocol.PastPrice;
import dev.holdfast.commerce.product.ProductProtocol.Product;
import dev.holdfast.commerce.product.ProductProtocol.Products;
import dev.holdfast.commerce.shared.Sku;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The catalogue as questions see it: committed, without locks. */
final class ProductViewStore {
  /** Prices come with it, the latest first. */
  private static final String ONE =
      """
      SELECT p.sku, p.name, p.unit_price, p.currency, p.weight_grams, p.version,
             h.unit_price AS past_price, h.valid_from, h.reason
      FROM product.product p
      JOIN product.price h USING (merchant_id, sku)
      WHERE p.merchant_id = $1 AND p.sku = $2
      ORDER BY h.version DESC LIMIT $3
      """;

  private static final String SEVERAL =
      """
      SELECT sku, name, unit_price, currency, weight_grams, version
      FROM product.product
      WHERE merchant_id = $2 AND sku = ANY($1::text[])
      ORDER BY sku
      """;

  private static final String PAGE =
      """
      SELECT sku, name, unit_price, currency, weight_grams, version
      FROM product.product
      WHERE merchant_id = $1 AND sku > $2
      ORDER BY sku LIMIT $3
      """;

  /** The latest prices that are shown of a product. */
  private static final int HISTORY_SHOWN = 100;

  private final Database database;

  ProductViewStore(Database database) {
    this.database = database;
  }

  /** One product with its prices; refused where there is none. */
  Future<Product> one(Deadline deadline, int merchant, String sku) {
    return database
        .query(deadline, ONE, Tuple.of(merchant, sku, HISTORY_SHOWN))
        .compose(rows -> rows.size() == 0 ? unknown(sku) : withHistory(rows));
  }

  private static Future<Product> unknown(String sku) {
    return Future.failedFuture(
        new QueryRefused(Refusal.notFound("unknown_product", "There is no product " + sku + ".")));
  }

  private static Future<Product> withHistory(RowSet<Row> rows) {
    List<PastPrice> history = new ArrayList<>();
    for (Row row : rows) {
      history.add(
          new PastPrice(
              plain(row.getBigDecimal("past_price")),
              row.getOffsetDateTime("valid_from").toInstant(),
              row.getString("reason")));
    }
    return Future.succeededFuture(product(rows.iterator().next(), history));
  }

  /** Those of the codes that are there. */
  Future<Products> several(Deadline deadline, int merchant, List<String> skus) {
    return database
        .query(deadline, SEVERAL, Columns.of(skus).texts(sku -> sku).value(merchant).tuple())
        .map(ProductViewStore::products);
  }

  /** At most {@code limit} products behind the given code. */
  Future<Products> page(Deadline deadline, int merchant, String after, int limit) {
    return database
        .query(deadline, PAGE, Tuple.of(merchant, after == null ? "" : after, limit))
        .map(ProductViewStore::products);
  }

  private static Products products(RowSet<Row> rows) {
    List<Product> products = new ArrayList<>();
    rows.forEach(row -> products.add(product(row, List.of())));
    return new Products(products);
  }

  private static Product product(Row row, List<PastPrice> history) {
    String sku = row.getString("sku");
    return new Product(
        sku,
        row.getString("name"),
        plain(row.getBigDecimal("unit_price")),
        row.getString("currency"),
        row.getInteger("weight_grams"),
        Sku.isStocked(sku),
        row.getLong("version"),
        history);
  }

  /** With two decimals, and more only where they say something. */
  private static BigDecimal plain(BigDecimal price) {
    BigDecimal shortest = price.stripTrailingZeros();
    return shortest.scale() < 2 ? shortest.setScale(2) : shortest;
  }
}
