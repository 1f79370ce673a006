package dev.holdfast.commerce.order;

import dev.holdfast.commerce.order.OrderProtocol.ClaimUnits;
import dev.holdfast.commerce.order.OrderProtocol.OrderCommand;
import dev.holdfast.commerce.order.OrderProtocol.ReleaseUnits;
import dev.holdfast.commerce.order.Purchases.LineKey;
import dev.holdfast.commerce.order.Purchases.Purchase;
import dev.holdfast.commerce.order.Purchases.ReturnKey;
import dev.holdfast.commerce.order.Purchases.Taken;
import dev.holdfast.commerce.order.Purchases.Taking;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Timestamps;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The lines that returns take units of, and what they took. */
final class ClaimStore {
  /**
   * Locks, in the order of their keys, the delivered lines that may be taken: a customer's of the
   * asked codes, a named order's of the asked codes, and those the returns have units of already. A
   * customer's orders are sifted by the digests of their codes before any line is read.
   */
  private static final String LOCK_LINES =
      """
      WITH wanted AS (
        SELECT l.merchant_id, l.order_id, l.line
          FROM (SELECT DISTINCT k.merchant_id, k.customer
                  FROM unnest($1::int[], $2::text[]) AS k(merchant_id, customer)) a
          JOIN orders.orders o ON o.merchant_id = a.merchant_id AND o.customer = a.customer
                              AND o.codes && $4::smallint[] AND o.status = 'DELIVERED'
          JOIN orders.order_line l ON l.merchant_id = o.merchant_id AND l.order_id = o.order_id
         WHERE l.returned < l.quantity AND l.sku = ANY ($3::text[])
           AND (o.merchant_id, o.customer, l.sku) IN
               (SELECT * FROM unnest($1::int[], $2::text[], $3::text[]))
        UNION
        SELECT l.merchant_id, l.order_id, l.line
          FROM unnest($5::int[], $6::uuid[], $7::text[]) AS k(merchant_id, order_id, sku)
          JOIN orders.order_line l ON l.merchant_id = k.merchant_id AND l.order_id = k.order_id
                                  AND l.sku = k.sku
         WHERE l.returned < l.quantity
        UNION
        SELECT c.merchant_id, c.order_id, c.line
          FROM unnest($8::int[], $9::uuid[]) AS k(merchant_id, return_id)
          JOIN orders.claim c ON c.merchant_id = k.merchant_id AND c.return_id = k.return_id)
      SELECT l.merchant_id, l.order_id, l.line, o.customer, l.sku, o.placed_at, o.delivered_at,
             l.quantity, l.returned
        FROM wanted w
        JOIN orders.order_line l ON l.merchant_id = w.merchant_id AND l.order_id = w.order_id
                                AND l.line = w.line
        JOIN orders.orders o ON o.merchant_id = w.merchant_id AND o.order_id = w.order_id
       WHERE o.status = 'DELIVERED'
       ORDER BY l.merchant_id, l.order_id, l.line
         FOR UPDATE OF l
      """;

  private static final String CLAIMS =
      """
      SELECT c.merchant_id, c.return_id, c.order_id, c.line, c.units
        FROM unnest($1::int[], $2::uuid[]) AS k(merchant_id, return_id)
        JOIN orders.claim c ON c.merchant_id = k.merchant_id AND c.return_id = k.return_id
      """;

  private static final String UPDATE_LINES =
      """
      UPDATE orders.order_line l
         SET returned = n.returned
        FROM unnest($1::int[], $2::uuid[], $3::int[], $4::int[])
             AS n(merchant_id, order_id, line, returned)
       WHERE l.merchant_id = n.merchant_id AND l.order_id = n.order_id AND l.line = n.line
      """;

  private static final String DELETE_CLAIMS =
      """
      DELETE FROM orders.claim c
       USING unnest($1::int[], $2::uuid[]) AS k(merchant_id, return_id)
       WHERE c.merchant_id = k.merchant_id AND c.return_id = k.return_id
      """;

  private static final String INSERT_CLAIMS =
      """
      INSERT INTO orders.claim (merchant_id, return_id, order_id, line, units)
      SELECT * FROM unnest($1::int[], $2::uuid[], $3::uuid[], $4::int[], $5::int[])
      """;

  private record OfCustomer(int merchant, String customer, String sku) {}

  private record OfOrder(int merchant, UUID order, String sku) {}

  /** Locks and reads the purchases that the commands are about, and what the returns have. */
  Future<?> lock(Tx tx, List<? extends OrderCommand<?>> commands, Purchases into) {
    Set<OfCustomer> customers = new LinkedHashSet<>();
    Set<OfOrder> orders = new LinkedHashSet<>();
    Set<ReturnKey> returns = new LinkedHashSet<>();
    for (OrderCommand<?> command : commands) {
      if (command instanceof ClaimUnits claim) {
        returns.add(new ReturnKey(claim.merchant(), claim.returnId()));
        for (Units line : claim.lines()) {
          if (claim.order() != null) {
            orders.add(new OfOrder(claim.merchant(), claim.order(), line.sku()));
          } else if (claim.customer() != null) {
            customers.add(new OfCustomer(claim.merchant(), claim.customer(), line.sku()));
          }
        }
      } else if (command instanceof ReleaseUnits release) {
        returns.add(new ReturnKey(release.merchant(), release.returnId()));
      }
    }
    return returns.isEmpty()
        ? Future.succeededFuture()
        : Future.join(
                lines(tx, customers, orders, returns, into), tx.execute(CLAIMS, keys(returns)))
            .compose(read -> claims(read.<RowSet<Row>>resultAt(1), into));
  }

  private static Future<?> lines(
      Tx tx,
      Set<OfCustomer> customers,
      Set<OfOrder> orders,
      Set<ReturnKey> returns,
      Purchases into) {
    Tuple wanted =
        Columns.of(customers)
            .integers(OfCustomer::merchant)
            .texts(OfCustomer::customer)
            .texts(OfCustomer::sku)
            .value(
                customers.stream()
                    .map(of -> ClaimRules.digest(of.sku()))
                    .distinct()
                    .toArray(Short[]::new))
            .then(orders)
            .integers(OfOrder::merchant)
            .uuids(OfOrder::order)
            .texts(OfOrder::sku)
            .then(returns)
            .integers(ReturnKey::merchant)
            .uuids(ReturnKey::returnId)
            .tuple();
    return tx.execute(LOCK_LINES, wanted)
        .onSuccess(rows -> rows.forEach(row -> into.loaded(purchase(row))));
  }

  private static Purchase purchase(Row row) {
    return new Purchase(
        new LineKey(row.getInteger(0), row.getUUID(1), row.getInteger(2)),
        row.getString(3),
        row.getString(4),
        Timestamps.instant(row.getOffsetDateTime(5)),
        Timestamps.instant(row.getOffsetDateTime(6)),
        row.getInteger(7),
        row.getInteger(8));
  }

  /**
   * A claim committed between the two statements names a line that was not locked. That is nobody's
   * fault: asked again, both are seen.
   */
  private static Future<?> claims(RowSet<Row> rows, Purchases into) {
    for (Row row : rows) {
      LineKey line = new LineKey(row.getInteger(0), row.getUUID(2), row.getInteger(3));
      if (into.line(line) == null) {
        return Future.failedFuture(
            new Unavailable(
                OrderErrors.CLAIM_MOVED, "a return's claim was written by another node just now"));
      }
      into.claimed(
          new ReturnKey(row.getInteger(0), row.getUUID(1)), new Taken(line, row.getInteger(4)));
    }
    return Future.succeededFuture();
  }

  /** Sends what was taken and given back. */
  void save(Tx tx, Purchases purchases) {
    if (!purchases.changed().isEmpty()) {
      update(tx, purchases.changed());
    }
    if (!purchases.removed().isEmpty()) {
      tx.execute(DELETE_CLAIMS, keys(purchases.removed()));
    }
    if (!purchases.added().isEmpty()) {
      insert(tx, purchases.added());
    }
  }

  private static void update(Tx tx, Collection<Purchase> lines) {
    tx.execute(
        UPDATE_LINES,
        Columns.of(lines)
            .integers(l -> l.key().merchant())
            .uuids(l -> l.key().order())
            .integers(l -> l.key().line())
            .integers(l -> (int) l.returned())
            .tuple());
  }

  private static void insert(Tx tx, List<Taking> claims) {
    tx.execute(
        INSERT_CLAIMS,
        Columns.of(claims)
            .integers(c -> c.by().merchant())
            .uuids(c -> c.by().returnId())
            .uuids(c -> c.taken().line().order())
            .integers(c -> c.taken().line().line())
            .integers(c -> (int) c.taken().units())
            .tuple());
  }

  private static Tuple keys(Collection<ReturnKey> returns) {
    return Columns.of(returns).integers(ReturnKey::merchant).uuids(ReturnKey::returnId).tuple();
  }
}
