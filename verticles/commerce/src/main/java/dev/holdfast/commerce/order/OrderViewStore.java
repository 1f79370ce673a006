package dev.holdfast.commerce.order;

import dev.holdfast.bus.QueryRefused;
import dev.holdfast.commerce.order.OrderProtocol.Order;
import dev.holdfast.commerce.order.OrderProtocol.OrderById;
import dev.holdfast.commerce.order.OrderProtocol.OrderByNumber;
import dev.holdfast.commerce.order.OrderProtocol.OrderLine;
import dev.holdfast.commerce.order.OrderProtocol.OrderPage;
import dev.holdfast.commerce.order.OrderProtocol.Orders;
import dev.holdfast.commerce.order.OrderProtocol.Status;
import dev.holdfast.commerce.shared.DocumentNumber;
import dev.holdfast.commerce.shared.Field;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Timestamps;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Orders as others see them, from committed rows. */
final class OrderViewStore {
  /** Orders in one page at most. */
  static final int MAX_PAGE = 100;

  private static final String BY_ID =
      """
      SELECT merchant_id, order_id, source, external_number, customer, status, refusal_code,
             refusal_message, placed_at, delivered_at, total_minor, currency, carrier, tracking,
             run_id, version
        FROM orders.orders
       WHERE merchant_id = $1 AND order_id = $2
      """;

  private static final String BY_NUMBER =
      """
      SELECT merchant_id, order_id, source, external_number, customer, status, refusal_code,
             refusal_message, placed_at, delivered_at, total_minor, currency, carrier, tracking,
             run_id, version
        FROM orders.orders
       WHERE merchant_id = $1 AND source = $2 AND external_number = $3
      """;

  private static final String LINES =
      """
      SELECT line, sku, description, quantity, unit_price, amount_minor, returned
        FROM orders.order_line
       WHERE merchant_id = $1 AND order_id = $2
       ORDER BY line
      """;

  private static final String PAGE =
      """
      SELECT merchant_id, order_id, source, external_number, customer, status, refusal_code,
             refusal_message, placed_at, delivered_at, total_minor, currency, carrier, tracking,
             run_id, version
        FROM orders.orders
       WHERE merchant_id = $1 AND (placed_at, order_id) < ($2, $3)
         AND ($4::text IS NULL OR status = $4)
       ORDER BY placed_at DESC, order_id DESC
       LIMIT $5
      """;

  private static final String CUSTOMER_PAGE =
      """
      SELECT merchant_id, order_id, source, external_number, customer, status, refusal_code,
             refusal_message, placed_at, delivered_at, total_minor, currency, carrier, tracking,
             run_id, version
        FROM orders.orders
       WHERE merchant_id = $1 AND customer = $6 AND (placed_at, order_id) < ($2, $3)
         AND ($4::text IS NULL OR status = $4)
       ORDER BY placed_at DESC, order_id DESC
       LIMIT $5
      """;

  private static final Instant AFTER_ALL = Instant.parse("9999-12-31T00:00:00Z");
  private static final UUID LAST_ID = new UUID(-1, -1);

  private final Database database;

  OrderViewStore(Database database) {
    this.database = database;
  }

  Future<Order> byId(OrderById asked, Deadline deadline) {
    return database
        .query(deadline, BY_ID, Tuple.of(asked.merchant(), asked.order()))
        .compose(rows -> withLines(rows, "There is no order " + asked.order() + ".", deadline));
  }

  Future<Order> byNumber(OrderByNumber asked, Deadline deadline) {
    Refusal refusal = DocumentNumber.checkBoth(asked.source(), asked.externalNumber());
    if (refusal != null) {
      return Future.failedFuture(new QueryRefused(refusal));
    }
    return database
        .query(
            deadline, BY_NUMBER, Tuple.of(asked.merchant(), asked.source(), asked.externalNumber()))
        .compose(rows -> withLines(rows, "There is no order of this number.", deadline));
  }

  private Future<Order> withLines(RowSet<Row> rows, String unknown, Deadline deadline) {
    if (!rows.iterator().hasNext()) {
      return Future.failedFuture(new QueryRefused(Refusal.notFound("unknown_order", unknown)));
    }
    Row row = rows.iterator().next();
    return database
        .query(deadline, LINES, Tuple.of(row.getInteger(0), row.getUUID(1)))
        .map(lines -> order(row, lines(lines)));
  }

  /** At most {@link #MAX_PAGE} orders, however many were asked for. */
  Future<Orders> page(OrderPage asked, Deadline deadline) {
    Refusal refusal = Field.textOrNull("customer", asked.customer(), Field.MAX_NUMBER);
    if (refusal != null) {
      return Future.failedFuture(new QueryRefused(refusal));
    }
    boolean first = asked.beforeAt() == null || asked.beforeOrder() == null;
    Tuple page =
        Tuple.of(
            asked.merchant(),
            Timestamps.utc(first ? AFTER_ALL : asked.beforeAt()),
            first ? LAST_ID : asked.beforeOrder(),
            asked.status() == null ? null : asked.status().name(),
            Math.clamp(asked.limit(), 1, MAX_PAGE));
    Future<RowSet<Row>> rows =
        asked.customer() == null
            ? database.query(deadline, PAGE, page)
            : database.query(deadline, CUSTOMER_PAGE, page.addString(asked.customer()));
    return rows.map(OrderViewStore::orders);
  }

  private static Orders orders(RowSet<Row> rows) {
    List<Order> orders = new ArrayList<>(rows.size());
    rows.forEach(row -> orders.add(order(row, List.of())));
    return new Orders(orders);
  }

  private static List<OrderLine> lines(RowSet<Row> rows) {
    List<OrderLine> lines = new ArrayList<>(rows.size());
    for (Row row : rows) {
      lines.add(
          new OrderLine(
              row.getInteger(0),
              row.getString(1),
              row.getString(2),
              row.getInteger(3),
              row.getBigDecimal(4),
              row.getLong(5),
              row.getInteger(6)));
    }
    return lines;
  }

  private static Order order(Row row, List<OrderLine> lines) {
    return new Order(
        row.getUUID(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        Status.valueOf(row.getString(5)),
        row.getString(6),
        row.getString(7),
        Timestamps.instant(row.getOffsetDateTime(8)),
        Timestamps.instant(row.getOffsetDateTime(9)),
        new Money(row.getLong(10), row.getString(11)),
        row.getString(12),
        row.getString(13),
        row.getUUID(14),
        row.getLong(15),
        lines);
  }
}
