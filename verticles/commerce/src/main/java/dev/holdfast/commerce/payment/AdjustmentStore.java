package dev.holdfast.commerce.payment;

import dev.holdfast.commerce.payment.AdjustmentRules.Adjustment;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Tx;
import java.util.Comparator;
import java.util.List;

/** Documents entered into the ledger by hand, with their two entries. */
final class AdjustmentStore {
  /** A document that comes again is the one that is there, and enters nothing. */
  private static final String INSERT =
      """
      WITH entered AS (
        INSERT INTO payment.adjustment
          (merchant_id, booking, amount_minor, booked_at, currency, source, external_number,
           description)
        SELECT *
        FROM unnest($1::integer[], $2::uuid[], $3::bigint[], $4::timestamptz[], $5::text[],
                    $6::text[], $7::text[], $8::text[])
        ON CONFLICT DO NOTHING
        RETURNING merchant_id, booking, amount_minor, booked_at, currency)
      INSERT INTO payment.entry
        (merchant_id, transaction_id, account, amount_minor, currency, booked_at)
      SELECT e.merchant_id, e.booking, side.account, side.sign * e.amount_minor, e.currency,
             e.booked_at
      FROM entered e,
           (VALUES ('receivables', 1), ('adjustments', -1)) AS side (account, sign)
      WHERE e.amount_minor <> 0
      """;

  /** By number, so that two lanes with the same ones do not wait in a circle. */
  private static final Comparator<Adjustment> ORDER =
      Comparator.<Adjustment>comparingInt(document -> document.asked().merchant())
          .thenComparing(
              document -> document.asked().source(),
              Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(
              document -> document.asked().externalNumber(),
              Comparator.nullsLast(Comparator.naturalOrder()));

  void insert(Tx tx, List<Adjustment> documents) {
    if (documents.isEmpty()) {
      return;
    }
    tx.execute(
        INSERT,
        Columns.of(documents.stream().sorted(ORDER).toList())
            .integers(document -> document.asked().merchant())
            .uuids(Adjustment::booking)
            .longs(document -> document.asked().amount().minor())
            .times(document -> document.asked().bookedAt())
            .texts(document -> document.asked().amount().currency())
            .texts(document -> document.asked().source())
            .texts(document -> document.asked().externalNumber())
            .texts(document -> document.asked().description())
            .tuple());
  }
}
