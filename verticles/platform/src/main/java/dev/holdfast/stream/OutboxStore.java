package dev.holdfast.stream;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Timestamps;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /** The same for rows of which some are parts of something that is seen. */
  private static final String INSERT_TRACED =
      """
      INSERT INTO holdfast.outbox
        (lane, merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body,
         traceparent)
      SELECT lane, merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body,
             coalesce(traceparent, '')
      FROM unnest($1::smallint[], $2::integer[], $3::text[], $4::text[], $5::bigint[], $6::uuid[],
                  $7::text[], $8::timestamptz[], $9::uuid[], $10::text[], $11::text[])
           WITH ORDINALITY
           AS r (lane, merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by,
                 body, traceparent, place)
      ORDER BY place
      """;

  /**
   * The set of what is unsent, never what follows the last one sent: sequences are taken before
   * they are committed, and commit in any order.
   */
  private static final String UNSENT =
      """
      SELECT seq, merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body,
             traceparent
      FROM (
        SELECT *, sum(octet_length(body)) OVER (ORDER BY seq) - octet_length(body) AS bytes_before
        FROM (
          SELECT seq, merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by,
                 body, traceparent
          FROM holdfast.outbox
          WHERE lane = ANY($1::smallint[]) AND NOT aggregate = ANY($2::text[])
          ORDER BY seq
          LIMIT $3) AS first) AS summed
      WHERE bytes_before < $4
      ORDER BY seq
      """;

  /**
   * Sent rows leave the outbox and are kept beside it. A node that lost a lane moves nothing of it,
   * whatever it still believes.
   */
  private static final String MOVE =
      """
      WITH sent AS (
        DELETE FROM holdfast.outbox
        WHERE seq = ANY($1::bigint[])
          AND lane = ANY(ARRAY(SELECT lane FROM holdfast.outbox_lane WHERE node = $2 AND fence = $3))
        RETURNING *)
      INSERT INTO holdfast.outbox_sent
        (seq, lane, merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by,
         body, traceparent, sent_at)
      SELECT seq, lane, merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by,
             body, traceparent, clock_timestamp()
      FROM sent
      """;

  private static final String GIVE_UP =
      """
      WITH given_up AS (DELETE FROM holdfast.outbox WHERE event_id = $1 RETURNING *)
      INSERT INTO holdfast.outbox_sent
        (seq, lane, merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by,
         body, traceparent, sent_at)
      SELECT seq, lane, merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by,
             body, traceparent, clock_timestamp()
      FROM given_up
      """;

  private static final String BACKLOG =
      """
      SELECT count(*) AS unsent,
             (SELECT occurred_at FROM holdfast.outbox ORDER BY seq LIMIT 1) AS oldest
      FROM holdfast.outbox
      """;

  private static final String FORGET = "SELECT holdfast.forget_sent_events()";

  private final Database database;

  OutboxStore(Database database) {
    this.database = database;
  }

  /**
   * The unsent rows of the lanes in order, but for those of the parked aggregates.
   *
   * @param rowsMax how many at most
   * @param bytesMax no row begins beyond this many bytes of bodies; the first one always comes
   */
  Future<List<Unsent>> unsent(
      Set<Integer> lanes, Set<String> parked, int rowsMax, long bytesMax, Deadline deadline) {
    Tuple arguments =
        Tuple.tuple()
            .addValue(lanes.stream().map(Integer::shortValue).toArray(Short[]::new))
            .addValue(parked.toArray(String[]::new))
            .addInteger(rowsMax)
            .addLong(bytesMax);
    return database.query(deadline, UNSENT, arguments).map(OutboxStore::rows);
  }

  /** Moves sent rows out of the outbox, those of them that lie in lanes which the owner has. */
  Future<Integer> moveSent(List<Long> seqs, LaneOwner owner, Deadline deadline) {
    Tuple arguments =
        Tuple.tuple()
            .addValue(seqs.toArray(Long[]::new))
            .addString(owner.node())
            .addLong(owner.fence());
    return database.query(deadline, MOVE, arguments).map(RowSet::rowCount);
  }

  /** Counts an event as sent that the broker would never take. */
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
   * Empties the oldest day of the sent rows' ring, seven full days after it ended or later.
   *
   * @return whether there was anything
   */
  Future<Boolean> forget(Deadline deadline) {
    return database
        .query(deadline, FORGET, Tuple.tuple())
        .map(rows -> rows.iterator().next().getBoolean(0));
  }

  private static List<Unsent> rows(RowSet<Row> rows) {
    List<Unsent> unsent = new ArrayList<>(rows.size());
    for (Row row : rows) {
      unsent.add(
          new Unsent(
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
                  traceparent(row))));
    }
    return unsent;
  }

  /** An empty text says that there is none: it takes less room than a null would. */
  private static String traceparent(Row row) {
    String text = row.getString("traceparent");
    return text.isEmpty() ? null : text;
  }

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
    String[] traceparents = null;
    for (int i = 0; i < n; i++) {
      OutboxRow row = rows.get(i);
      lanes[i] = (short) Outbox.laneOf(row.aggregate());
      merchants[i] = row.merchant();
      topics[i] = row.topic();
      aggregates[i] = row.aggregate();
      versions[i] = row.version();
      eventIds[i] = row.eventId();
      types[i] = row.type();
      times[i] = Timestamps.utc(row.occurredAt());
      causes[i] = row.causedBy();
      bodies[i] = row.body();
      if (row.traceparent() != null) {
        traceparents = traceparents == null ? new String[n] : traceparents;
        traceparents[i] = row.traceparent();
      }
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
    return traceparents == null
        ? tx.execute(INSERT, arguments).mapEmpty()
        : tx.execute(INSERT_TRACED, arguments.addValue(traceparents)).mapEmpty();
  }
}
