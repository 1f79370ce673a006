package dev.holdfast.commerce.fraud;

import dev.holdfast.bus.RecordJson;
import dev.holdfast.commerce.fraud.Case.Decided;
import dev.holdfast.commerce.fraud.FraudNeeds.CaseName;
import dev.holdfast.commerce.fraud.FraudProtocol.Assess;
import dev.holdfast.commerce.fraud.FraudProtocol.Assessed;
import dev.holdfast.commerce.fraud.FraudProtocol.Level;
import dev.holdfast.commerce.fraud.FraudProtocol.Reason;
import dev.holdfast.commerce.fraud.FraudProtocol.Verdict;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Assessments, for batches. */
final class CaseStore {
  /** Keys come sorted; the function is called in their order. */
  private static final String LOCK_SHOPPERS =
      """
      SELECT pg_advisory_xact_lock(key) FROM unnest($1::bigint[]) AS key
      """;

  private static final String LOCK_CASES =
      """
      SELECT a.merchant_id, a.order_id, a.run_id, a.shopper, a.payment_method, a.placed_at, a.score,
             a.level, a.verdict, a.reasons, a.withdrawn, a.approved
      FROM unnest($1::int[], $2::uuid[]) AS asked(merchant_id, order_id)
      JOIN fraud.assessment a USING (merchant_id, order_id)
      ORDER BY a.merchant_id, a.order_id
      FOR UPDATE OF a
      """;

  private static final String NEW_CASES =
      """
      INSERT INTO fraud.assessment
        (merchant_id, order_id, run_id, customer, shopper, payment_method, placed_at, score, level,
         verdict, reasons, withdrawn, approved, reviewed_by, review_note, reviewed_at, assessed_at)
      SELECT c.*, $17::timestamptz
      FROM unnest($1::int[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[],
                  $7::timestamptz[], $8::int[], $9::text[], $10::text[], $11::text[],
                  $12::boolean[], $13::boolean[], $14::text[], $15::text[], $16::timestamptz[]) AS c
      """;

  private static final String CHANGE_CASES =
      """
      UPDATE fraud.assessment a
      SET withdrawn = c.withdrawn, approved = coalesce(c.approved, a.approved),
          reviewed_by = coalesce(c.reviewed_by, a.reviewed_by),
          review_note = coalesce(c.review_note, a.review_note),
          reviewed_at = coalesce(c.reviewed_at, a.reviewed_at)
      FROM unnest($1::int[], $2::uuid[], $3::boolean[], $4::boolean[], $5::text[], $6::text[],
                  $7::timestamptz[])
        AS c(merchant_id, order_id, withdrawn, approved, reviewed_by, review_note, reviewed_at)
      WHERE a.merchant_id = c.merchant_id AND a.order_id = c.order_id
      """;

  /**
   * Lets no other transaction judge an order of the same shoppers until this one has ended, so that
   * two orders placed at once see each other. A shopper has no row of its own to lock.
   */
  Future<?> lockShoppers(Tx tx, Collection<Assess> orders) {
    List<Long> keys = orders.stream().map(CaseStore::lockKey).sorted().distinct().toList();
    return tx.execute(LOCK_SHOPPERS, Columns.of(keys).longs(key -> key).tuple());
  }

  /** An order of nobody's is locked by itself: the same command may come twice at once. */
  private static Long lockKey(Assess asked) {
    String shopper = Case.shopperOf(asked);
    return DerivedId.of(
            "fraud.shopper", asked.merchant(), shopper == null ? "order/" + asked.order() : shopper)
        .getMostSignificantBits();
  }

  /** Adds the cases that are there, and locks them. */
  Future<?> lock(Tx tx, Collection<CaseName> names, Casebook book) {
    return tx.execute(
            LOCK_CASES,
            Columns.of(names).integers(CaseName::merchant).uuids(CaseName::order).tuple())
        .map(rows -> addAll(rows, book));
  }

  private static Casebook addAll(RowSet<Row> rows, Casebook book) {
    for (Row row : rows) {
      Boolean approved = row.getBoolean("approved");
      book.add(
          Case.loaded(
              row.getInteger("merchant_id"),
              row.getUUID("run_id"),
              row.getString("shopper"),
              row.getString("payment_method"),
              row.getOffsetDateTime("placed_at").toInstant(),
              assessed(row),
              row.getBoolean("withdrawn"),
              approved == null ? null : new Decided(approved, null, null, null)));
    }
    return book;
  }

  static Assessed assessed(Row row) {
    return new Assessed(
        row.getUUID("order_id"),
        row.getInteger("score"),
        Level.valueOf(row.getString("level")),
        Verdict.valueOf(row.getString("verdict")),
        List.of(RecordJson.read(row.getString("reasons"), Reason[].class)));
  }

  void insert(Tx tx, List<Case> cases, Instant now) {
    if (cases.isEmpty()) {
      return;
    }
    Columns<Case> columns =
        Columns.of(cases)
            .integers(one -> one.merchant)
            .uuids(Case::order)
            .uuids(one -> one.run)
            .texts(one -> one.customer)
            .texts(one -> one.shopper)
            .texts(one -> one.paymentMethod)
            .times(one -> one.placedAt)
            .integers(one -> one.assessed.score())
            .texts(one -> one.assessed.level().name())
            .texts(one -> one.assessed.verdict().name())
            .texts(one -> RecordJson.write(one.assessed.reasons()));
    tx.execute(NEW_CASES, later(columns).time(now).tuple());
  }

  void update(Tx tx, List<Case> cases) {
    if (cases.isEmpty()) {
      return;
    }
    tx.execute(
        CHANGE_CASES,
        later(Columns.of(cases).integers(one -> one.merchant).uuids(Case::order)).tuple());
  }

  /** What may become of a case after it was judged. */
  private static Columns<Case> later(Columns<Case> columns) {
    return columns
        .booleans(Case::withdrawn)
        .booleans(one -> one.decided() == null ? null : one.decided().approved())
        .texts(one -> one.decided() == null ? null : one.decided().by())
        .texts(one -> one.decided() == null ? null : one.decided().note())
        .times(one -> one.decided() == null ? null : one.decided().at());
  }
}
