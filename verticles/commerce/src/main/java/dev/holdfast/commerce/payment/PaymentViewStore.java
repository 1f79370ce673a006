package dev.holdfast.commerce.payment;

import dev.holdfast.bus.QueryRefused;
import dev.holdfast.commerce.partners.PaymentGateway.Kind;
import dev.holdfast.commerce.payment.PaymentProtocol.Payment;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentOf;
import dev.holdfast.commerce.payment.PaymentProtocol.Status;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.shared.OrderKey;
import dev.holdfast.commerce.shared.OrderKeyStore;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;

/** What is read of the schema {@code payment} outside batches. */
final class PaymentViewStore {
  private static final String PAYMENT =
      """
      SELECT order_id, currency, status, authorised_minor, captured_minor, refunded_minor, version
      FROM payment.payment
      WHERE merchant_id = $1 AND order_id = $2
      """;

  private static final String TO_BE_CHECKED =
      """
      SELECT merchant_id, order_id
      FROM payment.operation
      WHERE check_at <= $1
      GROUP BY merchant_id, order_id
      ORDER BY min(check_at)
      LIMIT $2
      """;

  private static final String UNDECIDED =
      """
      SELECT count(*) AS undecided
      FROM payment.operation
      WHERE check_at IS NOT NULL
      """;

  private static final String KNOWN =
      """
      SELECT o.merchant_id, o.order_id, o.kind, o.id, o.state, o.amount_minor, o.reference
      FROM payment.operation o
      JOIN unnest($1::integer[], $2::uuid[], $3::text[], $4::uuid[])
           AS k (merchant_id, order_id, kind, id)
        ON o.merchant_id = k.merchant_id AND o.order_id = k.order_id AND o.kind = k.kind
       AND o.id = k.id
      """;

  /** Our operations that moved something at the provider, page by page. */
  private static final String MOVED =
      """
      SELECT merchant_id, order_id, kind, id, state, amount_minor, reference
      FROM payment.operation
      WHERE (merchant_id, order_id, kind, id) > ($1, $2, $3, $4) AND reference IS NOT NULL
      ORDER BY merchant_id, order_id, kind, id
      LIMIT $5
      """;

  private static final String MOVED_TIMES =
      """
      SELECT count(*) AS times
      FROM payment.operation
      WHERE reference IS NOT NULL
      """;

  private static final String BALANCES =
      """
      SELECT coalesce(sum(amount_minor) FILTER (WHERE account = 'authorised'), 0)::bigint AS open,
             coalesce(sum(amount_minor) FILTER (WHERE account = 'provider' AND amount_minor > 0), 0)::bigint
               AS captured,
             coalesce(-sum(amount_minor) FILTER (WHERE account = 'provider' AND amount_minor < 0), 0)::bigint
               AS refunded,
             coalesce(sum(amount_minor), 0)::bigint AS sum
      FROM payment.entry
      WHERE currency = $1
      """;

  /** An operation of ours, as books are compared. */
  record Ours(OperationKey key, Operation.State state, long amountMinor, String reference) {}

  Future<Payment> payment(Database database, Deadline deadline, PaymentOf query) {
    return database
        .query(deadline, PAYMENT, Tuple.of(query.merchant(), query.order()))
        .map(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(PaymentViewStore::payment)
                    .orElseThrow(
                        () ->
                            new QueryRefused(
                                Refusal.notFound(
                                    "unknown_payment", "There is no payment of that order."))));
  }

  private static Payment payment(Row row) {
    String currency = row.getString("currency");
    return new Payment(
        row.getUUID("order_id"),
        Status.valueOf(row.getString("status")),
        new Money(row.getLong("authorised_minor"), currency),
        new Money(row.getLong("captured_minor"), currency),
        new Money(row.getLong("refunded_minor"), currency),
        row.getLong("version"));
  }

  /** The orders with operations to be asked about, longest waiting first. */
  Future<List<OrderKey>> toBeChecked(Database database, Deadline deadline, Instant now, int limit) {
    return OrderKeyStore.due(database, deadline, TO_BE_CHECKED, now, limit);
  }

  Future<Long> undecided(Database database, Deadline deadline) {
    return database
        .query(deadline, UNDECIDED, Tuple.tuple())
        .map(rows -> rows.iterator().next().getLong("undecided"));
  }

  /** Those of the keys that we know; the key of a void is looked up as its authorisation's. */
  Future<List<Ours>> known(Database database, Deadline deadline, List<OperationKey> keys) {
    Tuple arguments =
        Columns.of(keys.stream().map(OperationKey::ofOperation).distinct().toList())
            .integers(OperationKey::merchant)
            .uuids(OperationKey::order)
            .texts(key -> key.kind().name())
            .uuids(OperationKey::id)
            .tuple();
    return database
        .query(deadline, KNOWN, arguments)
        .map(rows -> rows.stream().map(PaymentViewStore::ours).toList());
  }

  Future<List<Ours>> moved(Database database, Deadline deadline, OperationKey after, int limit) {
    Tuple arguments =
        Tuple.of(after.merchant(), after.order(), after.kind().name(), after.id(), limit);
    return database
        .query(deadline, MOVED, arguments)
        .map(rows -> rows.stream().map(PaymentViewStore::ours).toList());
  }

  Future<Long> movedTimes(Database database, Deadline deadline) {
    return database
        .query(deadline, MOVED_TIMES, Tuple.tuple())
        .map(rows -> rows.iterator().next().getLong("times"));
  }

  private static Ours ours(Row row) {
    OperationKey key =
        new OperationKey(
            row.getInteger("merchant_id"),
            row.getUUID("order_id"),
            Kind.valueOf(row.getString("kind")),
            row.getUUID("id"));
    return new Ours(
        key,
        Operation.State.valueOf(row.getString("state")),
        row.getLong("amount_minor"),
        row.getString("reference"));
  }

  Future<PaymentBooks.Balances> balances(Database database, Deadline deadline, String currency) {
    return database
        .query(deadline, BALANCES, Tuple.of(currency))
        .map(rows -> rows.iterator().next())
        .map(
            row ->
                new PaymentBooks.Balances(
                    row.getLong("open"),
                    row.getLong("captured"),
                    row.getLong("refunded"),
                    row.getLong("sum")));
  }
}
