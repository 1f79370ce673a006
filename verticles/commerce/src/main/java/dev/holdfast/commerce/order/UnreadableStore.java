package dev.holdfast.commerce.order;

import dev.holdfast.commerce.order.UnreadableRules.Unreadable;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Tx;
import java.util.Comparator;
import java.util.List;

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
        Columns.of(rows)
            .integers(row -> row.told().merchant())
            .uuids(Unreadable::id)
            .longs(row -> row.told().line())
            .times(row -> row.at())
            .texts(row -> row.told().source())
            .texts(row -> row.told().externalNumber())
            .texts(row -> row.told().file())
            .texts(row -> row.told().reason())
            .tuple());
  }
}
