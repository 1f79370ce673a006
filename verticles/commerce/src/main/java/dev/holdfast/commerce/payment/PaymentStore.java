package dev.holdfast.commerce.payment;

import dev.holdfast.commerce.partners.PaymentGateway.Kind;
import dev.holdfast.commerce.payment.PaymentProtocol.Status;
import dev.holdfast.commerce.shared.OrderKey;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Timestamps;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The rows of the schema {@code payment} that a batch reads and writes. */
final class PaymentStore {
  private static final String LOCK =
      """
      SELECT p.merchant_id, p.order_id, p.currency, p.status, p.authorised_minor, p.captured_minor,
             p.refunded_minor, p.authorisation, p.version
      FROM payment.payment p
      JOIN unnest($1::integer[], $2::uuid[]) AS k (merchant_id, order_id)
        ON p.merchant_id = k.merchant_id AND p.order_id = k.order_id
      ORDER BY p.merchant_id, p.order_id
      FOR UPDATE OF p
      """;

  /** Under the lock of its payment, which whoever changes an operation holds. */
  private static final String OPERATIONS =
      """
      SELECT o.merchant_id, o.order_id, o.kind, o.id, o.state, o.amount_minor, o.reference,
             o.declined_for, o.expires_at, o.asked_at, o.check_at, o.watch_until
      FROM payment.operation o
      JOIN unnest($1::integer[], $2::uuid[]) AS k (merchant_id, order_id)
        ON o.merchant_id = k.merchant_id AND o.order_id = k.order_id
      ORDER BY o.merchant_id, o.order_id, o.asked_at
      """;

  /** Two nodes may write the same intent at once: same key, same row, same key at the provider. */
  private static final String INSERT_PAYMENTS =
      """
      INSERT INTO payment.payment
        (merchant_id, order_id, status, authorised_minor, captured_minor, refunded_minor,
         authorisation, version, currency)
      SELECT *
      FROM unnest($1::integer[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[],
                  $7::text[], $8::bigint[], $9::text[])
      ON CONFLICT (merchant_id, order_id) DO NOTHING
      """;

  private static final String UPDATE_PAYMENTS =
      """
      UPDATE payment.payment p
      SET status = r.status, authorised_minor = r.authorised, captured_minor = r.captured,
          refunded_minor = r.refunded, authorisation = r.authorisation, version = r.version
      FROM unnest($1::integer[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[],
                  $7::text[], $8::bigint[])
           AS r (merchant_id, order_id, status, authorised, captured, refunded, authorisation,
                 version)
      WHERE p.merchant_id = r.merchant_id AND p.order_id = r.order_id
      """;

  private static final String INSERT_OPERATIONS =
      """
      INSERT INTO payment.operation
        (merchant_id, order_id, kind, id, state, reference, declined_for, expires_at, check_at,
         watch_until, amount_minor, asked_at)
      SELECT *
      FROM unnest($1::integer[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[],
                  $7::text[], $8::timestamptz[], $9::timestamptz[], $10::timestamptz[],
                  $11::bigint[], $12::timestamptz[])
      ON CONFLICT (merchant_id, order_id, kind, id) DO NOTHING
      """;

  private static final String UPDATE_OPERATIONS =
      """
      UPDATE payment.operation o
      SET state = r.state, reference = r.reference, declined_for = r.declined_for,
          expires_at = r.expires_at, check_at = r.check_at, watch_until = r.watch_until
      FROM unnest($1::integer[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[],
                  $7::text[], $8::timestamptz[], $9::timestamptz[], $10::timestamptz[])
           AS r (merchant_id, order_id, kind, id, state, reference, declined_for, expires_at,
                 check_at, watch_until)
      WHERE o.merchant_id = r.merchant_id AND o.order_id = r.order_id AND o.kind = r.kind
        AND o.id = r.id
      """;

  private static final String INSERT_ENTRIES =
      """
      INSERT INTO payment.entry
        (merchant_id, transaction_id, account, order_id, amount_minor, currency, booked_at)
      SELECT *
      FROM unnest($1::integer[], $2::uuid[], $3::text[], $4::uuid[], $5::bigint[], $6::text[],
                  $7::timestamptz[])
      """;

  /** Locks and reads the payments of these orders, those that are there. */
  Future<Payments> load(Tx tx, Collection<OrderKey> orders) {
    List<OrderKey> sorted = orders.stream().distinct().sorted().toList();
    Future<RowSet<Row>> payments = tx.execute(LOCK, arguments(sorted));
    Future<RowSet<Row>> operations = tx.execute(OPERATIONS, arguments(sorted));
    return Future.all(payments, operations)
        .map(both -> work(payments.result(), operations.result()));
  }

  private static Tuple arguments(List<OrderKey> orders) {
    return Columns.of(orders).integers(OrderKey::merchant).uuids(OrderKey::order).tuple();
  }

  private static Payments work(RowSet<Row> payments, RowSet<Row> operations) {
    Payments work = new Payments();
    payments.forEach(row -> work.add(payment(row)));
    operations.forEach(
        row ->
            work.find(row.getInteger("merchant_id"), row.getUUID("order_id"))
                .ifPresent(payment -> payment.operations.add(operation(row))));
    return work;
  }

  private static OrderPayment payment(Row row) {
    OrderPayment payment =
        new OrderPayment(
            row.getInteger("merchant_id"),
            row.getUUID("order_id"),
            row.getString("currency"),
            false);
    payment.status = Status.valueOf(row.getString("status"));
    payment.authorisedMinor = row.getLong("authorised_minor");
    payment.capturedMinor = row.getLong("captured_minor");
    payment.refundedMinor = row.getLong("refunded_minor");
    payment.authorisation = row.getString("authorisation");
    payment.version = row.getLong("version");
    return payment;
  }

  private static Operation operation(Row row) {
    OperationKey key =
        new OperationKey(
            row.getInteger("merchant_id"),
            row.getUUID("order_id"),
            Kind.valueOf(row.getString("kind")),
            row.getUUID("id"));
    Operation operation =
        new Operation(
            key,
            row.getLong("amount_minor"),
            Timestamps.instant(row.getOffsetDateTime("asked_at")));
    operation.state = Operation.State.valueOf(row.getString("state"));
    operation.reference = row.getString("reference");
    operation.declinedFor = row.getString("declined_for");
    operation.expiresAt = Timestamps.instant(row.getOffsetDateTime("expires_at"));
    operation.checkAt = Timestamps.instant(row.getOffsetDateTime("check_at"));
    operation.watchUntil = Timestamps.instant(row.getOffsetDateTime("watch_until"));
    return operation;
  }

  /** Writes what the batch changed. */
  void save(Tx tx, Payments work) {
    List<OrderPayment> made = new ArrayList<>();
    List<OrderPayment> changed = new ArrayList<>();
    List<Operation> asked = new ArrayList<>();
    List<Operation> settled = new ArrayList<>();
    for (OrderPayment payment : work.all()) {
      if (payment.isNew) {
        made.add(payment);
      } else if (payment.changed) {
        changed.add(payment);
      }
      for (Operation operation : payment.operations) {
        if (operation.isNew) {
          asked.add(operation);
        } else if (operation.changed) {
          settled.add(operation);
        }
      }
    }
    if (!made.isEmpty()) {
      tx.execute(INSERT_PAYMENTS, columns(made).texts(payment -> payment.currency).tuple());
    }
    if (!changed.isEmpty()) {
      tx.execute(UPDATE_PAYMENTS, columns(changed).tuple());
    }
    saveOperations(tx, asked, settled);
    insertEntries(tx, work.postings);
  }

  /** What a payment is found by, and what changes of it. */
  private static Columns<OrderPayment> columns(List<OrderPayment> payments) {
    return Columns.of(payments)
        .integers(payment -> payment.merchant)
        .uuids(payment -> payment.order)
        .texts(payment -> payment.status.name())
        .longs(payment -> payment.authorisedMinor)
        .longs(payment -> payment.capturedMinor)
        .longs(payment -> payment.refundedMinor)
        .texts(payment -> payment.authorisation)
        .longs(payment -> payment.version);
  }

  private static void saveOperations(Tx tx, List<Operation> asked, List<Operation> settled) {
    if (!asked.isEmpty()) {
      Columns<Operation> columns =
          operationColumns(asked)
              .longs(operation -> operation.amountMinor)
              .times(operation -> operation.askedAt);
      tx.execute(INSERT_OPERATIONS, columns.tuple());
    }
    if (!settled.isEmpty()) {
      tx.execute(UPDATE_OPERATIONS, operationColumns(settled).tuple());
    }
  }

  /** What an operation is found by, and what changes of it. */
  private static Columns<Operation> operationColumns(List<Operation> operations) {
    return Columns.of(operations)
        .integers(operation -> operation.key.merchant())
        .uuids(operation -> operation.key.order())
        .texts(operation -> operation.kind().name())
        .uuids(Operation::id)
        .texts(operation -> operation.state.name())
        .texts(operation -> operation.reference)
        .texts(operation -> operation.declinedFor)
        .times(operation -> operation.expiresAt)
        .times(operation -> operation.checkAt)
        .times(operation -> operation.watchUntil);
  }

  private static void insertEntries(Tx tx, List<Posting> postings) {
    if (postings.isEmpty()) {
      return;
    }
    tx.execute(
        INSERT_ENTRIES,
        Columns.of(postings)
            .integers(Posting::merchant)
            .uuids(Posting::transaction)
            .texts(Posting::account)
            .uuids(Posting::order)
            .longs(Posting::amountMinor)
            .texts(Posting::currency)
            .times(Posting::at)
            .tuple());
  }
}
