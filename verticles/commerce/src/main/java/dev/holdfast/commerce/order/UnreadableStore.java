package dev.holdfast.commerce.order;

import dev.holdfast.commerce.order.UnreadableRules.Unreadable;
import dev.holdfast.postgres.Tx;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** The rows of documents that cannot be read. */
final class UnreadableStore {
  /** A document that comes again under another key is the one that is there. */
  private static final String INSERT =
      """
      INSERT INTO orders.unreadable_document (merchant_id, document_id, line, recorded_at, source,
             external_number, file, reason)
      SELECT * FROM unnest($1::int[], $2::uuid[], $3::bigint[], $4::timestamptz[], $5::text[],
                    $6::text[], $7::text[], $8::text[])
      ON CONFLICT DO NOTHING
      """;

  /** By number, so that two lanes with the same ones do not wait in a circle. */
  private static final Comparator<Unreadable> ORDER =
      Comparator.<Unreadable>comparingInt(document -> document.told().merchant())
          .thenComparing(document -> document.told().source())
          .thenComparing(
              document -> document.told().externalNumber(),
              Comparator.nullsLast(Comparator.naturalOrder()));

  void insert(Tx tx, List<Unreadable> documents) {
    if (documents.isEmpty()) {
      return;
    }
    List<Unreadable> rows = documents.stream().sorted(ORDER).toList();
    tx.execute(
        INSERT,
        Tuple.tuple()
            .addValue(rows.stream().map(row -> row.told().merchant()).toArray(Integer[]::new))
            .addValue(rows.stream().map(Unreadable::id).toArray(UUID[]::new))
            .addValue(rows.stream().map(row -> row.told().line()).toArray(Long[]::new))
            .addValue(
                rows.stream().map(row -> OrderStore.at(row.at())).toArray(OffsetDateTime[]::new))
            .addValue(rows.stream().map(row -> row.told().source()).toArray(String[]::new))
            .addValue(rows.stream().map(row -> row.told().externalNumber()).toArray(String[]::new))
            .addValue(rows.stream().map(row -> row.told().file()).toArray(String[]::new))
            .addValue(rows.stream().map(row -> row.told().reason()).toArray(String[]::new)));
  }
}
