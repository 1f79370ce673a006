package dev.holdfast.stream;

import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** The outbox's rows. */
final class OutboxStore {
  /** Ordered, so that the sequence follows the list. */
  private static final String INSERT =
      """
      INSERT INTO holdfast.outbox
        (lane, merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body)
      SELECT lane, merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body
      FROM unnest($1::smallint[], $2::integer[], $3::text[], $4::text[], $5::bigint[], $6::uuid[],
                  $7::text[], $8::timestamptz[], $9::uuid[], $10::text[])
           WITH ORDINALITY
           AS r (lane, merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by,
                 body, place)
      ORDER BY place
      """;

  private OutboxStore() {}

  static Future<Void> insert(Tx tx, List<OutboxRow> rows) {
    int n = rows.size();
    Short[] lanes = new Short[n];
    Integer[] merchants = new Integer[n];
    String[] topics = new String[n];
    String[] aggregates = new String[n];
    Long[] versions = new Long[n];
    UUID[] eventIds = new UUID[n];
    String[] types = new String[n];
    OffsetDateTime[] times = new OffsetDateTime[n];
    UUID[] causes = new UUID[n];
    String[] bodies = new String[n];
    for (int i = 0; i < n; i++) {
      OutboxRow row = rows.get(i);
      lanes[i] = (short) Outbox.laneOf(row.aggregate());
      merchants[i] = row.merchant();
      topics[i] = row.topic();
      aggregates[i] = row.aggregate();
      versions[i] = row.version();
      eventIds[i] = row.eventId();
      types[i] = row.type();
      times[i] = row.occurredAt().atOffset(ZoneOffset.UTC);
      causes[i] = row.causedBy();
      bodies[i] = row.body();
    }
    Tuple arguments =
        Tuple.tuple()
            .addValue(lanes)
            .addValue(merchants)
            .addValue(topics)
            .addValue(aggregates)
            .addValue(versions)
            .addValue(eventIds)
            .addValue(types)
            .addValue(times)
            .addValue(causes)
            .addValue(bodies);
    return tx.execute(INSERT, arguments).mapEmpty();
  }
}
