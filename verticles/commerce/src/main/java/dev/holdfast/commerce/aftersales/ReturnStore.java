package dev.holdfast.commerce.aftersales;

import dev.holdfast.commerce.aftersales.AftersalesProtocol.AboutReturn;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.AftersalesCommand;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Condition;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.RequestReturn;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnLine;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnReason;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Status;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Terms;
import dev.holdfast.commerce.aftersales.CaseBook.CaseKey;
import dev.holdfast.commerce.aftersales.CaseBook.Opened;
import dev.holdfast.commerce.shared.DocumentNumber;
import dev.holdfast.commerce.shared.DocumentNumberStore;
import dev.holdfast.commerce.shared.Field;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Timestamps;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/** The rows of returns: locked and read before the decisions, written after them. */
final class ReturnStore {
  private static final String LOCK =
      """
      SELECT r.merchant_id, r.return_id, r.run_id, r.reason, r.terms, r.requested_at,
             r.asked_minor, r.currency, r.status, r.refund_minor, r.delivered_at, r.condition,
             r.inspected_by, r.restocked, r.refusal_code, r.refusal_message, r.version
        FROM unnest($1::int[], $2::uuid[]) AS k(merchant_id, return_id)
        JOIN aftersales.return_case r ON r.merchant_id = k.merchant_id
                                     AND r.return_id = k.return_id
       ORDER BY r.merchant_id, r.return_id
         FOR UPDATE OF r
      """;

  private static final String RECORDED =
      """
      SELECT r.merchant_id, r.source, r.external_number, r.return_id
        FROM unnest($1::int[], $2::text[], $3::text[]) AS k(merchant_id, source, external_number)
        JOIN aftersales.return_case r ON r.merchant_id = k.merchant_id AND r.source = k.source
                                     AND r.external_number = k.external_number
      """;

  private static final String INSERT_CASES =
      """
      INSERT INTO aftersales.return_case (merchant_id, return_id, run_id, order_id, requested_at,
             asked_minor, refund_minor, version, currency, rma, status, reason, terms, source,
             external_number, customer)
      SELECT merchant_id, return_id, run_id, order_id, requested_at, asked_minor, asked_minor, 1,
             currency, rma, 'OPEN', reason, terms, source, external_number, customer
        FROM unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[],
                    $6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
                    $12::text[], $13::text[])
             AS n(merchant_id, return_id, run_id, order_id, requested_at, asked_minor, currency,
                  rma, reason, terms, source, external_number, customer)
      """;

  private static final String INSERT_LINES =
      """
      INSERT INTO aftersales.return_line (merchant_id, return_id, line, sku, units, unit_price,
             amount_minor)
      SELECT * FROM unnest($1::int[], $2::uuid[], $3::int[], $4::text[], $5::int[],
                           $6::numeric[], $7::bigint[])
      """;

  private static final String UPDATE =
      """
      UPDATE aftersales.return_case r
         SET status = n.status, refund_minor = n.refund_minor, delivered_at = n.delivered_at,
             condition = n.condition, inspected_by = n.inspected_by, restocked = n.restocked,
             refusal_code = n.refusal_code, refusal_message = n.refusal_message,
             version = n.version
        FROM unnest($1::int[], $2::uuid[], $3::text[], $4::bigint[], $5::timestamptz[],
                    $6::text[], $7::text[], $8::bool[], $9::text[], $10::text[], $11::bigint[])
             AS n(merchant_id, return_id, status, refund_minor, delivered_at, condition,
                  inspected_by, restocked, refusal_code, refusal_message, version)
       WHERE r.merchant_id = n.merchant_id AND r.return_id = n.return_id
      """;

  /** Locks and reads the returns that the commands are about. */
  Future<?> lock(Tx tx, List<? extends AftersalesCommand<?>> commands, CaseBook into) {
    TreeSet<CaseKey> keys = new TreeSet<>(CaseKey.ORDER);
    for (AftersalesCommand<?> command : commands) {
      if (command instanceof AboutReturn<?> about) {
        keys.add(new CaseKey(about.merchant(), about.returnId()));
      }
    }
    if (keys.isEmpty()) {
      return Future.succeededFuture();
    }
    Tuple key = Columns.of(keys).integers(CaseKey::merchant).uuids(CaseKey::returnId).tuple();
    return tx.execute(LOCK, key).onSuccess(rows -> rows.forEach(row -> into.loaded(state(row))));
  }

  private static ReturnState state(Row row) {
    String currency = row.getString(7);
    String condition = row.getString(11);
    return new ReturnState(
        row.getInteger(0),
        row.getUUID(1),
        row.getUUID(2),
        ReturnReason.valueOf(row.getString(3)),
        Terms.valueOf(row.getString(4)),
        Timestamps.instant(row.getOffsetDateTime(5)),
        new Money(row.getLong(6), currency),
        Status.valueOf(row.getString(8)),
        new Money(row.getLong(9), currency),
        Timestamps.instant(row.getOffsetDateTime(10)),
        condition == null ? null : Condition.valueOf(condition),
        row.getString(12),
        row.getBoolean(13),
        row.getString(14),
        row.getString(15),
        row.getLong(16));
  }

  /** Reads which of the numbers that shall be entered are there already. */
  Future<?> recorded(Tx tx, List<? extends AftersalesCommand<?>> commands, CaseBook into) {
    List<DocumentNumber> numbers =
        commands.stream()
            .filter(RequestReturn.class::isInstance)
            .map(RequestReturn.class::cast)
            .map(
                request ->
                    DocumentNumber.orNull(
                        request.merchant(), request.source(), request.externalNumber()))
            .toList();
    return DocumentNumberStore.find(tx, RECORDED, numbers, into::recorded);
  }

  /** Sends what the decisions changed. */
  void save(Tx tx, CaseBook book) {
    List<Opened> opened = book.opened();
    if (!opened.isEmpty()) {
      tx.execute(INSERT_CASES, caseColumns(opened));
      tx.execute(INSERT_LINES, lineColumns(opened));
    }
    if (!book.changed().isEmpty()) {
      tx.execute(UPDATE, changedColumns(book.changed()));
    }
  }

  private static Tuple caseColumns(List<Opened> opened) {
    return Columns.of(opened)
        .integers(o -> o.state().merchant())
        .uuids(o -> o.state().returnId())
        .uuids(o -> o.state().run())
        .uuids(o -> o.request().order())
        .times(o -> o.state().requestedAt())
        .longs(o -> o.state().asked().minor())
        .texts(o -> o.state().asked().currency())
        .texts(Opened::rma)
        .texts(o -> o.state().reason().name())
        .texts(o -> o.state().terms().name())
        .texts(o -> o.request().source())
        .texts(o -> o.request().externalNumber())
        .texts(o -> o.request().customer())
        .tuple();
  }

  private static Tuple lineColumns(List<Opened> opened) {
    int size = opened.stream().mapToInt(one -> one.request().lines().size()).sum();
    Integer[] merchant = new Integer[size];
    UUID[] returnId = new UUID[size];
    Integer[] number = new Integer[size];
    String[] sku = new String[size];
    Integer[] units = new Integer[size];
    BigDecimal[] price = new BigDecimal[size];
    Long[] amount = new Long[size];
    int at = 0;
    for (Opened one : opened) {
      List<ReturnLine> lines = one.request().lines();
      for (int i = 0; i < lines.size(); i++, at++) {
        merchant[at] = one.state().merchant();
        returnId[at] = one.state().returnId();
        number[at] = i + 1;
        sku[at] = lines.get(i).sku();
        units[at] = (int) lines.get(i).units();
        price[at] = Field.plain(lines.get(i).unitPrice());
        amount[at] = one.amounts().get(i);
      }
    }
    return Tuple.tuple()
        .addValue(merchant)
        .addValue(returnId)
        .addValue(number)
        .addValue(sku)
        .addValue(units)
        .addValue(price)
        .addValue(amount);
  }

  private static Tuple changedColumns(Collection<ReturnState> changed) {
    return Columns.of(changed)
        .integers(ReturnState::merchant)
        .uuids(ReturnState::returnId)
        .texts(r -> r.status().name())
        .longs(r -> r.refund().minor())
        .times(ReturnState::deliveredAt)
        .texts(r -> r.condition() == null ? null : r.condition().name())
        .texts(ReturnState::inspectedBy)
        .booleans(ReturnState::restocked)
        .texts(ReturnState::refusalCode)
        .texts(ReturnState::refusalMessage)
        .longs(ReturnState::version)
        .tuple();
  }
}
