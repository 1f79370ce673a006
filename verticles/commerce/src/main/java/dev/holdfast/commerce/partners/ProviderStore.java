package dev.holdfast.commerce.partners;

import dev.holdfast.commerce.partners.PaymentGateway.Kind;
import dev.holdfast.commerce.partners.PaymentGateway.Movement;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Timestamps;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The simulated provider's books. */
final class ProviderStore {
  private static final String FIELDS =
      """
      number, key, kind, declined_for, amount_minor, currency, reference, authorisation, at,
      expires_at
      """;

  private static final String LOCK_AUTHORISATIONS =
      """
      SELECT reference, currency, amount_minor, captured_minor, refunded_minor, voided, expires_at
      FROM psp.movement
      WHERE reference = ANY($1::text[]) AND kind = 'AUTHORISE' AND declined_for IS NULL
      ORDER BY reference
      FOR UPDATE
      """;

  private static final String KNOWN =
      "SELECT " + FIELDS + " FROM psp.movement WHERE key = ANY($1::text[])";

  private static final String INSERT =
      """
      INSERT INTO psp.movement
        (key, kind, declined_for, amount_minor, currency, reference, authorisation, at, expires_at,
         captured_minor, refunded_minor, voided)
      SELECT *
      FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[],
                  $7::text[], $8::timestamptz[], $9::timestamptz[], $10::bigint[], $11::bigint[],
                  $12::boolean[])
      """;

  private static final String UPDATE =
      """
      UPDATE psp.movement m
      SET captured_minor = r.captured, refunded_minor = r.refunded, voided = r.voided
      FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::boolean[])
           AS r (reference, captured, refunded, voided)
      WHERE m.reference = r.reference AND m.kind = 'AUTHORISE' AND m.declined_for IS NULL
      """;

  private static final String FIND = "SELECT " + FIELDS + " FROM psp.movement WHERE key = $1";

  private static final String LEDGER =
      "SELECT " + FIELDS + " FROM psp.movement WHERE number > $1 ORDER BY number LIMIT $2";

  private static final String TOTALS =
      """
      SELECT coalesce(sum(captured_minor), 0)::bigint AS captured,
             coalesce(sum(refunded_minor), 0)::bigint AS refunded,
             coalesce(sum(CASE WHEN voided THEN 0 ELSE amount_minor - captured_minor END), 0)::bigint
               AS open
      FROM psp.movement
      WHERE kind = 'AUTHORISE' AND declined_for IS NULL AND currency = $1
      """;

  /** An authorisation as it stands. */
  static final class Standing {
    final String reference;
    final String currency;
    final long amount;
    final Instant expiresAt;
    long captured;
    long refunded;
    boolean voided;

    Standing(String reference, Money amount, Instant expiresAt) {
      this.reference = reference;
      this.currency = amount.currency();
      this.amount = amount.minor();
      this.expiresAt = expiresAt;
    }
  }

  /** A new line of the books; the standing is an approved authorisation's, else null. */
  record Line(Movement movement, Standing standing) {}

  Future<List<Standing>> lockAuthorisations(Tx tx, List<String> references) {
    return tx.execute(
            LOCK_AUTHORISATIONS, Columns.of(references).texts(reference -> reference).tuple())
        .map(rows -> rows.stream().map(ProviderStore::standing).toList());
  }

  private static Standing standing(Row row) {
    Money amount = new Money(row.getLong("amount_minor"), row.getString("currency"));
    Standing standing =
        new Standing(
            row.getString("reference"), amount, row.getOffsetDateTime("expires_at").toInstant());
    standing.captured = row.getLong("captured_minor");
    standing.refunded = row.getLong("refunded_minor");
    standing.voided = row.getBoolean("voided");
    return standing;
  }

  Future<List<Movement>> known(Tx tx, List<String> keys) {
    return tx.execute(KNOWN, Columns.of(keys).texts(key -> key).tuple())
        .map(ProviderStore::movements);
  }

  void insert(Tx tx, List<Line> lines) {
    if (lines.isEmpty()) {
      return;
    }
    tx.execute(
        INSERT,
        Columns.of(lines)
            .texts(line -> line.movement().key())
            .texts(line -> line.movement().kind().name())
            .texts(line -> line.movement().declinedFor())
            .longs(line -> line.movement().amount().minor())
            .texts(line -> line.movement().amount().currency())
            .texts(line -> line.movement().reference())
            .texts(line -> line.movement().authorisation())
            .times(line -> line.movement().at())
            .times(line -> line.movement().expiresAt())
            .longs(line -> line.standing() == null ? 0 : line.standing().captured)
            .longs(line -> line.standing() == null ? 0 : line.standing().refunded)
            .booleans(line -> line.standing() != null && line.standing().voided)
            .tuple());
  }

  void update(Tx tx, List<Standing> changed) {
    if (changed.isEmpty()) {
      return;
    }
    tx.execute(
        UPDATE,
        Columns.of(changed)
            .texts(standing -> standing.reference)
            .longs(standing -> standing.captured)
            .longs(standing -> standing.refunded)
            .booleans(standing -> standing.voided)
            .tuple());
  }

  Future<Optional<Movement>> find(Database database, Deadline deadline, String key) {
    return database
        .query(deadline, FIND, Tuple.of(key))
        .map(rows -> movements(rows).stream().findFirst());
  }

  Future<List<Movement>> ledger(Database database, Deadline deadline, long after, int limit) {
    return database.query(deadline, LEDGER, Tuple.of(after, limit)).map(ProviderStore::movements);
  }

  Future<PaymentSimulator.Totals> totals(Database database, Deadline deadline, String currency) {
    return database
        .query(deadline, TOTALS, Tuple.of(currency))
        .map(rows -> rows.iterator().next())
        .map(
            row ->
                new PaymentSimulator.Totals(
                    row.getLong("open"), row.getLong("captured"), row.getLong("refunded")));
  }

  private static List<Movement> movements(Iterable<Row> rows) {
    List<Movement> movements = new ArrayList<>();
    rows.forEach(row -> movements.add(movement(row)));
    return movements;
  }

  private static Movement movement(Row row) {
    return new Movement(
        row.getLong("number"),
        row.getString("key"),
        Kind.valueOf(row.getString("kind")),
        row.getString("declined_for"),
        new Money(row.getLong("amount_minor"), row.getString("currency")),
        row.getString("reference"),
        row.getString("authorisation"),
        row.getOffsetDateTime("at").toInstant(),
        Timestamps.instant(row.getOffsetDateTime("expires_at")));
  }
}
