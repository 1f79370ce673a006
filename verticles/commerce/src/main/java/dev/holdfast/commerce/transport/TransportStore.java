package dev.holdfast.commerce.transport;

import dev.holdfast.commerce.transport.Shipments.Place;
import dev.holdfast.commerce.transport.Shipments.Stray;
import dev.holdfast.commerce.transport.TransportProtocol.State;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** The rows of the schema {@code transport} that a batch reads and writes. */
final class TransportStore {
  private static final Comparator<Place> LOCK_ORDER =
      Comparator.comparing(Place::merchant).thenComparing(Place::order, DerivedId.DATABASE_ORDER);

  private static final String LOCK =
      """
      SELECT s.merchant_id, s.order_id, s.run_id, s.asked_by, s.state, s.turning_back, s.country,
             s.grams, s.choices, s.choice, s.tries, s.carrier, s.tracking, s.cost_minor,
             s.cost_currency, s.created_at, s.handed_over_at, s.delivered_at, s.version
      FROM transport.shipment s
      JOIN unnest($1::integer[], $2::uuid[]) AS k (merchant_id, order_id)
        ON s.merchant_id = k.merchant_id AND s.order_id = k.order_id
      ORDER BY s.merchant_id, s.order_id
      FOR UPDATE OF s
      """;

  /** Under the lock of its shipment, which whoever changes a stray holds. */
  private static final String STRAYS =
      """
      SELECT t.key, t.check_at, t.watch_until
      FROM transport.stray_label t
      JOIN unnest($1::integer[], $2::uuid[]) AS k (merchant_id, order_id)
        ON t.merchant_id = k.merchant_id AND t.order_id = k.order_id
      """;

  /** Two nodes may write the same intent at once: same key, same row, same key at the carrier. */
  private static final String INSERT =
      """
      INSERT INTO transport.shipment
        (merchant_id, order_id, run_id, asked_by, state, turning_back, country, grams, choices,
         choice, tries, carrier, tracking, cost_minor, cost_currency, created_at, handed_over_at,
         delivered_at, version)
      SELECT *
      FROM unnest($1::integer[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::boolean[],
                  $7::text[], $8::bigint[], $9::text[], $10::integer[], $11::integer[], $12::text[],
                  $13::text[], $14::bigint[], $15::text[], $16::timestamptz[],
                  $17::timestamptz[], $18::timestamptz[], $19::bigint[])
      ON CONFLICT (merchant_id, order_id) DO NOTHING
      """;

  private static final String UPDATE =
      """
      UPDATE transport.shipment s
      SET state = r.state, turning_back = r.turning_back, choice = r.choice, tries = r.tries,
          carrier = r.carrier, tracking = r.tracking, cost_minor = r.cost_minor,
          handed_over_at = r.handed_over_at, delivered_at = r.delivered_at, version = r.version
      FROM unnest($1::integer[], $2::uuid[], $3::text[], $4::boolean[], $5::integer[],
                  $6::integer[], $7::text[], $8::text[], $9::bigint[], $10::timestamptz[],
                  $11::timestamptz[], $12::bigint[])
           AS r (merchant_id, order_id, state, turning_back, choice, tries, carrier, tracking,
                 cost_minor, handed_over_at, delivered_at, version)
      WHERE s.merchant_id = r.merchant_id AND s.order_id = r.order_id
      """;

  private static final String INSERT_STRAYS =
      """
      INSERT INTO transport.stray_label (merchant_id, order_id, key, check_at, watch_until)
      SELECT *
      FROM unnest($1::integer[], $2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[])
      ON CONFLICT (merchant_id, order_id, key) DO NOTHING
      """;

  private static final String UPDATE_STRAYS =
      """
      UPDATE transport.stray_label t
      SET check_at = r.check_at
      FROM unnest($1::integer[], $2::uuid[], $3::text[], $4::timestamptz[])
           AS r (merchant_id, order_id, key, check_at)
      WHERE t.merchant_id = r.merchant_id AND t.order_id = r.order_id AND t.key = r.key
      """;

  private static final String DELETE_STRAYS =
      """
      DELETE FROM transport.stray_label t
      USING unnest($1::integer[], $2::uuid[], $3::text[]) AS r (merchant_id, order_id, key)
      WHERE t.merchant_id = r.merchant_id AND t.order_id = r.order_id AND t.key = r.key
      """;

  /** Locks and reads the shipments of these orders, those that are there. */
  Future<Shipments> load(Tx tx, Collection<Place> places) {
    List<Place> sorted = places.stream().distinct().sorted(LOCK_ORDER).toList();
    Future<RowSet<Row>> shipments = tx.execute(LOCK, arguments(sorted));
    Future<RowSet<Row>> strays = tx.execute(STRAYS, arguments(sorted));
    return Future.all(shipments, strays).map(both -> work(shipments.result(), strays.result()));
  }

  private static Tuple arguments(List<Place> places) {
    return Columns.of(places)
        .with(Integer.class, Place::merchant)
        .with(UUID.class, Place::order)
        .tuple();
  }

  private static Shipments work(RowSet<Row> shipments, RowSet<Row> strays) {
    Shipments work = new Shipments();
    shipments.forEach(row -> work.add(shipment(row)));
    strays.forEach(row -> work.add(stray(row)));
    return work;
  }

  private static Stray stray(Row row) {
    LabelKey key =
        LabelKey.parse(row.getString("key"))
            .orElseThrow(() -> new IllegalStateException("no key: " + row.getString("key")));
    return new Stray(key, instant(row, "check_at"), instant(row, "watch_until"), false);
  }

  private static ShipmentRow shipment(Row row) {
    ShipmentRow shipment =
        new ShipmentRow(row.getInteger("merchant_id"), row.getUUID("order_id"), false);
    shipment.run = row.getUUID("run_id");
    shipment.askedBy = row.getUUID("asked_by");
    shipment.state = State.valueOf(row.getString("state"));
    shipment.turningBack = row.getBoolean("turning_back");
    shipment.country = row.getString("country");
    shipment.grams = row.getLong("grams");
    shipment.choices = Choice.read(row.getString("choices"));
    shipment.choice = row.getInteger("choice");
    shipment.tries = row.getInteger("tries");
    shipment.carrier = row.getString("carrier");
    shipment.tracking = row.getString("tracking");
    shipment.costMinor = row.getLong("cost_minor");
    shipment.costCurrency = row.getString("cost_currency");
    shipment.createdAt = instant(row, "created_at");
    shipment.handedOverAt = instant(row, "handed_over_at");
    shipment.deliveredAt = instant(row, "delivered_at");
    shipment.version = row.getLong("version");
    return shipment;
  }

  /** Writes what the batch changed. */
  void save(Tx tx, Shipments work) {
    List<ShipmentRow> made = new ArrayList<>();
    List<ShipmentRow> changed = new ArrayList<>();
    for (ShipmentRow shipment : work.all()) {
      if (shipment.isNew) {
        made.add(shipment);
      } else if (shipment.changed) {
        changed.add(shipment);
      }
    }
    insert(tx, made);
    update(tx, changed);
    saveStrays(tx, work);
  }

  private static void insert(Tx tx, List<ShipmentRow> shipments) {
    if (shipments.isEmpty()) {
      return;
    }
    tx.execute(
        INSERT,
        Columns.of(shipments)
            .with(Integer.class, shipment -> shipment.merchant)
            .with(UUID.class, shipment -> shipment.order)
            .with(UUID.class, shipment -> shipment.run)
            .with(UUID.class, shipment -> shipment.askedBy)
            .with(String.class, shipment -> shipment.state.name())
            .with(Boolean.class, shipment -> shipment.turningBack)
            .with(String.class, shipment -> shipment.country)
            .with(Long.class, shipment -> shipment.grams)
            .with(String.class, shipment -> Choice.write(shipment.choices))
            .with(Integer.class, shipment -> shipment.choice)
            .with(Integer.class, shipment -> shipment.tries)
            .with(String.class, shipment -> shipment.carrier)
            .with(String.class, shipment -> shipment.tracking)
            .with(Long.class, shipment -> shipment.costMinor)
            .with(String.class, shipment -> shipment.costCurrency)
            .with(OffsetDateTime.class, shipment -> utc(shipment.createdAt))
            .with(OffsetDateTime.class, shipment -> utc(shipment.handedOverAt))
            .with(OffsetDateTime.class, shipment -> utc(shipment.deliveredAt))
            .with(Long.class, shipment -> shipment.version)
            .tuple());
  }

  private static void update(Tx tx, List<ShipmentRow> shipments) {
    if (shipments.isEmpty()) {
      return;
    }
    tx.execute(
        UPDATE,
        Columns.of(shipments)
            .with(Integer.class, shipment -> shipment.merchant)
            .with(UUID.class, shipment -> shipment.order)
            .with(String.class, shipment -> shipment.state.name())
            .with(Boolean.class, shipment -> shipment.turningBack)
            .with(Integer.class, shipment -> shipment.choice)
            .with(Integer.class, shipment -> shipment.tries)
            .with(String.class, shipment -> shipment.carrier)
            .with(String.class, shipment -> shipment.tracking)
            .with(Long.class, shipment -> shipment.costMinor)
            .with(OffsetDateTime.class, shipment -> utc(shipment.handedOverAt))
            .with(OffsetDateTime.class, shipment -> utc(shipment.deliveredAt))
            .with(Long.class, shipment -> shipment.version)
            .tuple());
  }

  private static void saveStrays(Tx tx, Shipments work) {
    List<Stray> made = new ArrayList<>();
    List<Stray> changed = new ArrayList<>();
    List<Stray> gone = new ArrayList<>();
    for (Stray stray : work.strays()) {
      if (stray.gone) {
        gone.add(stray);
      } else if (stray.isNew) {
        made.add(stray);
      } else if (stray.changed) {
        changed.add(stray);
      }
    }
    if (!made.isEmpty()) {
      Tuple arguments =
          keys(made)
              .with(OffsetDateTime.class, stray -> utc(stray.checkAt))
              .with(OffsetDateTime.class, stray -> utc(stray.watchUntil))
              .tuple();
      tx.execute(INSERT_STRAYS, arguments);
    }
    if (!changed.isEmpty()) {
      Tuple arguments =
          keys(changed).with(OffsetDateTime.class, stray -> utc(stray.checkAt)).tuple();
      tx.execute(UPDATE_STRAYS, arguments);
    }
    if (!gone.isEmpty()) {
      tx.execute(DELETE_STRAYS, keys(gone).tuple());
    }
  }

  private static Columns<Stray> keys(List<Stray> strays) {
    return Columns.of(strays)
        .with(Integer.class, stray -> stray.key.merchant())
        .with(UUID.class, stray -> stray.key.order())
        .with(String.class, stray -> stray.key.text());
  }

  private static Instant instant(Row row, String column) {
    OffsetDateTime time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime utc(Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}
