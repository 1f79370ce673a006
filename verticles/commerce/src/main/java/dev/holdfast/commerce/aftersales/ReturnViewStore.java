package dev.holdfast.commerce.aftersales;

import dev.holdfast.bus.QueryRefused;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Condition;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Return;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnById;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnByNumber;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnByRma;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnLine;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnPage;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnReason;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Returns;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Status;
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

/** Returns as others see them, from committed rows. */
final class ReturnViewStore {
  /** Returns in one page at most. */
  static final int MAX_PAGE = 100;

  private static final String BY_ID =
      """
      SELECT merchant_id, return_id, rma, source, external_number, customer, order_id, status,
             refusal_code, refusal_message, reason, refund_minor, currency, condition,
             requested_at, run_id, version
        FROM aftersales.return_case
       WHERE merchant_id = $1 AND return_id = $2
      """;

  private static final String BY_NUMBER =
      """
      SELECT merchant_id, return_id, rma, source, external_number, customer, order_id, status,
             refusal_code, refusal_message, reason, refund_minor, currency, condition,
             requested_at, run_id, version
        FROM aftersales.return_case
       WHERE merchant_id = $1 AND source = $2 AND external_number = $3
      """;

  private static final String BY_RMA =
      """
      SELECT merchant_id, return_id, rma, source, external_number, customer, order_id, status,
             refusal_code, refusal_message, reason, refund_minor, currency, condition,
             requested_at, run_id, version
        FROM aftersales.return_case
       WHERE merchant_id = $1 AND rma = $2
      """;

  private static final String LINES =
      """
      SELECT sku, units, unit_price
        FROM aftersales.return_line
       WHERE merchant_id = $1 AND return_id = $2
       ORDER BY line
      """;

  private static final String PAGE =
      """
      SELECT merchant_id, return_id, rma, source, external_number, customer, order_id, status,
             refusal_code, refusal_message, reason, refund_minor, currency, condition,
             requested_at, run_id, version
        FROM aftersales.return_case
       WHERE merchant_id = $1 AND (requested_at, return_id) < ($2, $3)
       ORDER BY requested_at DESC, return_id DESC
       LIMIT $4
      """;

  private static final String CUSTOMER_PAGE =
      """
      SELECT merchant_id, return_id, rma, source, external_number, customer, order_id, status,
             refusal_code, refusal_message, reason, refund_minor, currency, condition,
             requested_at, run_id, version
        FROM aftersales.return_case
       WHERE merchant_id = $1 AND customer = $5 AND (requested_at, return_id) < ($2, $3)
       ORDER BY requested_at DESC, return_id DESC
       LIMIT $4
      """;

  private static final Instant AFTER_ALL = Instant.parse("9999-12-31T00:00:00Z");
  private static final UUID LAST_ID = new UUID(-1, -1);

  private final Database database;

  ReturnViewStore(Database database) {
    this.database = database;
  }

  Future<Return> byId(ReturnById asked, Deadline deadline) {
    return one(deadline, BY_ID, Tuple.of(asked.merchant(), asked.returnId()));
  }

  Future<Return> byNumber(ReturnByNumber asked, Deadline deadline) {
    Refusal refusal = DocumentNumber.checkBoth(asked.source(), asked.externalNumber());
    return refusal == null
        ? one(
            deadline, BY_NUMBER, Tuple.of(asked.merchant(), asked.source(), asked.externalNumber()))
        : Future.failedFuture(new QueryRefused(refusal));
  }

  Future<Return> byRma(ReturnByRma asked, Deadline deadline) {
    Refusal refusal = Field.text("rma", asked.rma(), Field.MAX_NUMBER);
    return refusal == null
        ? one(deadline, BY_RMA, Tuple.of(asked.merchant(), asked.rma()))
        : Future.failedFuture(new QueryRefused(refusal));
  }

  private Future<Return> one(Deadline deadline, String sql, Tuple key) {
    return database.query(deadline, sql, key).compose(rows -> withLines(rows, deadline));
  }

  private Future<Return> withLines(RowSet<Row> rows, Deadline deadline) {
    if (!rows.iterator().hasNext()) {
      return Future.failedFuture(
          new QueryRefused(Refusal.notFound("unknown_return", "There is no such return.")));
    }
    Row row = rows.iterator().next();
    return database
        .query(deadline, LINES, Tuple.of(row.getInteger(0), row.getUUID(1)))
        .map(lines -> view(row, lines(lines)));
  }

  /** At most {@link #MAX_PAGE} returns, however many were asked for. */
  Future<Returns> page(ReturnPage asked, Deadline deadline) {
    Refusal refusal = Field.textOrNull("customer", asked.customer(), Field.MAX_NUMBER);
    if (refusal != null) {
      return Future.failedFuture(new QueryRefused(refusal));
    }
    boolean first = asked.beforeAt() == null || asked.beforeReturn() == null;
    Tuple page =
        Tuple.of(
            asked.merchant(),
            Timestamps.utc(first ? AFTER_ALL : asked.beforeAt()),
            first ? LAST_ID : asked.beforeReturn(),
            Math.clamp(asked.limit(), 1, MAX_PAGE));
    Future<RowSet<Row>> rows =
        asked.customer() == null
            ? database.query(deadline, PAGE, page)
            : database.query(deadline, CUSTOMER_PAGE, page.addString(asked.customer()));
    return rows.map(ReturnViewStore::views);
  }

  private static Returns views(RowSet<Row> rows) {
    List<Return> returns = new ArrayList<>(rows.size());
    rows.forEach(row -> returns.add(view(row, List.of())));
    return new Returns(returns);
  }

  private static List<ReturnLine> lines(RowSet<Row> rows) {
    List<ReturnLine> lines = new ArrayList<>(rows.size());
    rows.forEach(
        row ->
            lines.add(new ReturnLine(row.getString(0), row.getInteger(1), row.getBigDecimal(2))));
    return lines;
  }

  private static Return view(Row row, List<ReturnLine> lines) {
    String condition = row.getString(13);
    return new Return(
        row.getUUID(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getUUID(6),
        Status.valueOf(row.getString(7)),
        row.getString(8),
        row.getString(9),
        ReturnReason.valueOf(row.getString(10)),
        new Money(row.getLong(11), row.getString(12)),
        condition == null ? null : Condition.valueOf(condition),
        Timestamps.instant(row.getOffsetDateTime(14)),
        row.getUUID(15),
        row.getLong(16),
        lines);
  }
}
