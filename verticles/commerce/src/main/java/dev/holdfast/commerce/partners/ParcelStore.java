package dev.holdfast.commerce.partners;

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

/** The simulated carriers' books. */
final class ParcelStore {
  private static final String FIELDS =
      "number, key, carrier, tracking, country, grams, cancelled, handed_over_at, made_at";

  private static final String LOCK =
      "SELECT "
          + FIELDS
          + """
           FROM carrier.parcel
          WHERE key = ANY($1::text[]) OR tracking = ANY($2::text[])
          ORDER BY key
          FOR UPDATE
          """;

  private static final String INSERT =
      """
      INSERT INTO carrier.parcel (key, carrier, tracking, country, grams, made_at)
      SELECT *
      FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::timestamptz[])
      """;

  private static final String UPDATE =
      """
      UPDATE carrier.parcel p
      SET cancelled = r.cancelled, handed_over_at = r.handed_over_at
      FROM unnest($1::text[], $2::boolean[], $3::timestamptz[])
           AS r (key, cancelled, handed_over_at)
      WHERE p.key = r.key
      """;

  private static final String FIND = "SELECT " + FIELDS + " FROM carrier.parcel WHERE key = $1";

  private static final String LEDGER =
      "SELECT " + FIELDS + " FROM carrier.parcel WHERE number > $1 ORDER BY number LIMIT $2";

  /** A parcel as it stands. */
  static final class Parcel {
    final long number;
    final String key;
    final String carrier;
    final String tracking;
    final String country;
    final long grams;
    final Instant madeAt;
    boolean cancelled;
    Instant handedOverAt;

    Parcel(
        long number,
        String key,
        String carrier,
        String tracking,
        String country,
        long grams,
        Instant madeAt) {
      this.number = number;
      this.key = key;
      this.carrier = carrier;
      this.tracking = tracking;
      this.country = country;
      this.grams = grams;
      this.madeAt = madeAt;
    }

    /** As the asker sees it, with what a label printer takes. */
    CarrierGateway.Label label() {
      String data =
          "^XA^FO40,40^A0N,40^FD%s %s^FS^FO40,120^BCN,120,Y,N,N^FD%s^FS^XZ"
              .formatted(carrier, country == null ? "" : country, tracking);
      return new CarrierGateway.Label(
          number, key, carrier, tracking, data, cancelled, handedOverAt);
    }
  }

  /** The parcels of the keys and tracking numbers; locked, because most will change. */
  Future<List<Parcel>> lock(Tx tx, List<String> keys, List<String> trackings) {
    Tuple arguments = Columns.of(keys).texts(key -> key).tuple();
    arguments.addValue(trackings.toArray(String[]::new));
    return tx.execute(LOCK, arguments).map(ParcelStore::parcels);
  }

  void insert(Tx tx, List<Parcel> made) {
    if (made.isEmpty()) {
      return;
    }
    tx.execute(
        INSERT,
        Columns.of(made)
            .texts(parcel -> parcel.key)
            .texts(parcel -> parcel.carrier)
            .texts(parcel -> parcel.tracking)
            .texts(parcel -> parcel.country)
            .longs(parcel -> parcel.grams)
            .times(parcel -> parcel.madeAt)
            .tuple());
  }

  void update(Tx tx, List<Parcel> changed) {
    if (changed.isEmpty()) {
      return;
    }
    tx.execute(
        UPDATE,
        Columns.of(changed)
            .texts(parcel -> parcel.key)
            .booleans(parcel -> parcel.cancelled)
            .times(parcel -> parcel.handedOverAt)
            .tuple());
  }

  Future<Optional<Parcel>> find(Database database, Deadline deadline, String key) {
    return database
        .query(deadline, FIND, Tuple.of(key))
        .map(rows -> parcels(rows).stream().findFirst());
  }

  Future<List<Parcel>> ledger(Database database, Deadline deadline, long after, int limit) {
    return database.query(deadline, LEDGER, Tuple.of(after, limit)).map(ParcelStore::parcels);
  }

  private static List<Parcel> parcels(Iterable<Row> rows) {
    List<Parcel> parcels = new ArrayList<>();
    rows.forEach(row -> parcels.add(parcel(row)));
    return parcels;
  }

  private static Parcel parcel(Row row) {
    Parcel parcel =
        new Parcel(
            row.getLong("number"),
            row.getString("key"),
            row.getString("carrier"),
            row.getString("tracking"),
            row.getString("country"),
            row.getLong("grams"),
            row.getOffsetDateTime("made_at").toInstant());
    parcel.cancelled = row.getBoolean("cancelled");
    parcel.handedOverAt = Timestamps.instant(row.getOffsetDateTime("handed_over_at"));
    return parcel;
  }
}
