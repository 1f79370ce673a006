package dev.holdfast.stream;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import dev.holdfast.stream.OutboxPosition.Gap;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The outbox's rows. */
final class OutboxStore {
  /** Of the ring of days, by the database's clock; once a statement. */
  private static final String SLOT =
      "(SELECT ((now() AT TIME ZONE 'UTC')::date - date '2000-01-01') % 10)";

  /** Ordered, so that the sequence follows the list. */
  private static final String INSERT =
      """
      INSERT INTO holdfast.outbox
        (slot, merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body)
      SELECT %s, merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body
      FROM unnest($1::integer[], $2::text[], $3::text[], $4::bigint[], $5::uuid[],
                  $6::text[], $7::timestamptz[], $8::uuid[], $9::text[])
           WITH ORDINALITY
           AS r (merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by,
                 body, place)
      ORDER BY place
      RETURNING seq
      """
          .replace("%s", SLOT);

  /** The same for rows of which some are parts of something that is seen. */
  private static final String INSERT_TRACED =
      """
      INSERT INTO holdfast.outbox
        (slot, merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body,
         traceparent)
      SELECT %s, merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body,
             coalesce(traceparent, '')
      FROM unnest($1::integer[], $2::text[], $3::text[], $4::bigint[], $5::uuid[],
                  $6::text[], $7::timestamptz[], $8::uuid[], $9::text[], $10::text[])
           WITH ORDINALITY
           AS r (merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by,
                 body, traceparent, place)
      ORDER BY place
      RETURNING seq
      """
          .replace("%s", SLOT);

  /**
   * What lies above the position and in its gaps, with the oldest transaction that runs at the same
   * moment; one row without a sequence when there is nothing.
   */
  private static final String READ =
      """
      SELECT pg_snapshot_xmin(seen)::text::bigint AS oldest_running, unsent.*
      FROM pg_current_snapshot() AS seen
      LEFT JOIN (
        SELECT *
        FROM (
          SELECT *, sum(octet_length(body)) OVER (ORDER BY seq) - octet_length(body) AS bytes_before
          FROM (
            (SELECT seq, merchant_id, topic, aggregate, version, event_id, type, occurred_at,
                    caused_by, body, traceparent
             FROM holdfast.outbox
             WHERE seq > $1
             ORDER BY seq
             LIMIT $4)
            UNION ALL
            SELECT event.*
            FROM unnest($2::bigint[], $3::bigint[]) AS gap (first, last)
            CROSS JOIN LATERAL (
              SELECT seq, merchant_id, topic, aggregate, version, event_id, type, occurred_at,
                     caused_by, body, traceparent
              FROM holdfast.outbox
              WHERE seq BETWEEN gap.first AND gap.last
              ORDER BY seq
              LIMIT $4) AS event
            ORDER BY seq
            LIMIT $4) AS first) AS summed
        WHERE bytes_before < $5) AS unsent ON true
      ORDER BY unsent.seq
      """;

  private static final String GIVE_UP =
      """
      DELETE FROM holdfast.outbox
      WHERE seq IN (SELECT seq FROM holdfast.outbox_unsent WHERE event_id = $1)
      """;

  private static final String BACKLOG =
      """
      SELECT unsent, (SELECT occurred_at FROM holdfast.outbox WHERE seq = lowest) AS oldest
      FROM (SELECT count(*) AS unsent, min(seq) AS lowest FROM holdfast.outbox_unsent) AS waiting
      """;

  private static final String FORGET = "SELECT holdfast.forget_sent_events()";

  private final Database database;

  OutboxStore(Database database) {
    this.database = database;
  }

  /**
   * Reads what is not told, in the order of the sequence, and what of it lies in the gaps first.
   *
   * @param rowsMax how many at most
   * @param bytesMax no row begins beyond this many bytes of bodies; the first one always comes
   */
  Future<OutboxReading> read(
      OutboxPosition position, int rowsMax, long bytesMax, Deadline deadline) {
    Tuple arguments =
        Columns.of(position.toRead())
            .value(position.toldTo())
            .longs(Gap::first)
            .longs(Gap::last)
            .value(rowsMax)
            .value(bytesMax)
            .tuple();
    return database.query(deadline, READ, arguments).map(OutboxStore::reading);
  }

  /** Takes an event out that the broker would never take; its letter says what it was. */
  static Future<Void> giveUp(Tx tx, UUID eventId) {
    return tx.execute(GIVE_UP, Tuple.of(eventId)).mapEmpty();
  }

  Future<Backlog> backlog(Deadline deadline) {
    return database
        .query(deadline, BACKLOG, Tuple.tuple())
        .map(rows -> backlog(rows.iterator().next()));
  }

  private static Backlog backlog(Row row) {
    return new Backlog(
        row.getLong("unsent"),
        Optional.ofNullable(row.getOffsetDateTime("oldest")).map(OffsetDateTime::toInstant));
  }

  /**
   * Empties the oldest day of the ring, seven full days after the last of it was told or later.
   *
   * @return whether there was anything
   */
  Future<Boolean> forget(Deadline deadline) {
    return database
        .query(deadline, FORGET, Tuple.tuple())
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  private static OutboxReading reading(RowSet<Row> rows) {
    List<Unsent> unsent = new ArrayList<>(rows.size());
    long oldestRunning = 0;
    for (Row row : rows) {
      oldestRunning = row.getLong("oldest_running");
      if (row.getLong("seq") != null) {
        unsent.add(unsent(row));
      }
    }
    return new OutboxReading(unsent, oldestRunning);
  }

  private static Unsent unsent(Row row) {
    return new Unsent(
        row.getLong("seq"),
        new OutboxRow(
            row.getInteger("merchant_id"),
            row.getString("topic"),
            row.getString("aggregate"),
            row.getLong("version"),
            row.getUUID("event_id"),
            row.getString("type"),
            row.getOffsetDateTime("occurred_at").toInstant(),
            row.getUUID("caused_by"),
            row.getString("body"),
            traceparent(row)));
  }

  /** An empty text says that there is none: it takes less room than a null would. */
  private static String traceparent(Row row) {
    String text = row.getString("traceparent");
    return text.isEmpty() ? null : text;
  }

  static Future<List<Unsent>> insert(Tx tx, List<OutboxRow> rows) {
    Columns<OutboxRow> columns =
        Columns.of(rows)
            .integers(OutboxRow::merchant)
            .texts(OutboxRow::topic)
            .texts(OutboxRow::aggregate)
            .longs(OutboxRow::version)
            .uuids(OutboxRow::eventId)
            .texts(OutboxRow::type)
            .times(OutboxRow::occurredAt)
            .uuids(OutboxRow::causedBy)
            .texts(OutboxRow::body);
    boolean seen = rows.stream().anyMatch(row -> row.traceparent() != null);
    Future<RowSet<Row>> inserted =
        seen
            ? tx.execute(INSERT_TRACED, columns.texts(OutboxRow::traceparent).tuple())
            : tx.execute(INSERT, columns.tuple());
    return inserted.map(places -> placed(rows, places));
  }

  /** Places come in the order in which the rows were inserted. */
  private static List<Unsent> placed(List<OutboxRow> rows, RowSet<Row> places) {
    List<Unsent> placed = new ArrayList<>(rows.size());
    for (Row place : places) {
      placed.add(new Unsent(place.getLong(0), rows.get(placed.size())));
    }
    return placed;
  }
}
