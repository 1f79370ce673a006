package dev.holdfast.commerce.transport;

import dev.holdfast.commerce.shared.OrderKey;
import dev.holdfast.commerce.transport.Shipments.Stray;
import dev.holdfast.commerce.transport.TransportProtocol.State;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Timestamps;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The rows of the schema {@code transport} that a batch reads and writes. */
final class TransportStore {
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
        (merchant_id, order_id, state, turning_back, choice, tries, carrier, tracking, cost_minor,
         handed_over_at, delivered_at, version, run_id, asked_by, country, grams, choices,
         cost_currency, created_at)
      SELECT *
      FROM unnest($1::integer[], $2::uuid[], $3::text[], $4::boolean[], $5::integer[],
                  $6::integer[], $7::text[], $8::text[], $9::bigint[], $10::timestamptz[],
                  $11::timestamptz[], $12::bigint[], $13::uuid[], $14::uuid[], $15::text[],
                  $16::bigint[], $17::text[], $18::text[], $19::timestamptz[])
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
  Future<Shipments> load(Tx tx, Collection<OrderKey> orders) {
    List<OrderKey> sorted = orders.stream().distinct().sorted().toList();
    Future<RowSet<Row>> shipments = tx.execute(LOCK, arguments(sorted));
    Future<RowSet<Row>> strays = tx.execute(STRAYS, arguments(sorted));
    return Future.all(shipments, strays).map(both -> work(shipments.result(), strays.result()));
  }

  private static Tuple arguments(List<OrderKey> orders) {
    return Columns.of(orders).integers(OrderKey::merchant).uuids(OrderKey::order).tuple();
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
    return new Stray(
        key,
        Timestamps.instant(row.getOffsetDateTime("check_at")),
        Timestamps.instant(row.getOffsetDateTime("watch_until")),
        false);
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
    shipment.createdAt = Timestamps.instant(row.getOffsetDateTime("created_at"));
    shipment.handedOverAt = Timestamps.instant(row.getOffsetDateTime("handed_over_at"));
    shipment.deliveredAt = Timestamps.instant(row.getOffsetDateTime("delivered_at"));
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
    if (!made.isEmpty()) {
      tx.execute(INSERT, newColumns(made));
    }
    if (!changed.isEmpty()) {
      tx.execute(UPDATE, columns(changed).tuple());
    }
    saveStrays(tx, work);
  }

  private static Tuple newColumns(List<ShipmentRow> shipments) {
    return columns(shipments)
        .uuids(shipment -> shipment.run)
        .uuids(shipment -> shipment.askedBy)
        .texts(shipment -> shipment.country)
        .longs(shipment -> shipment.grams)
        .texts(shipment -> Choice.write(shipment.choices))
        .texts(shipment -> shipment.costCurrency)
        .times(shipment -> shipment.createdAt)
        .tuple();
  }

  /** What a shipment is found by, and what changes of it. */
  private static Columns<ShipmentRow> columns(List<ShipmentRow> shipments) {
    return Columns.of(shipments)
        .integers(shipment -> shipment.merchant)
        .uuids(shipment -> shipment.order)
        .texts(shipment -> shipment.state.name())
        .booleans(shipment -> shipment.turningBack)
        .integers(shipment -> shipment.choice)
        .integers(shipment -> shipment.tries)
        .texts(shipment -> shipment.carrier)
        .texts(shipment -> shipment.tracking)
        .longs(shipment -> shipment.costMinor)
        .times(shipment -> shipment.handedOverAt)
        .times(shipment -> shipment.deliveredAt)
        .longs(shipment -> shipment.version);
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
          keys(made).times(stray -> stray.checkAt).times(stray -> stray.watchUntil).tuple();
      tx.execute(INSERT_STRAYS, arguments);
    }
    if (!changed.isEmpty()) {
      Tuple arguments = keys(changed).times(stray -> stray.checkAt).tuple();
      tx.execute(UPDATE_STRAYS, arguments);
    }
    if (!gone.isEmpty()) {
      tx.execute(DELETE_STRAYS, keys(gone).tuple());
    }
  }

  private static Columns<Stray> keys(List<Stray> strays) {
    return Columns.of(strays)
        .integers(stray -> stray.key.merchant())
        .uuids(stray -> stray.key.order())
        .texts(stray -> stray.key.text());
  }
}
