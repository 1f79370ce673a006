package dev.holdfast.commerce.transport;

import dev.holdfast.bus.QueryRefused;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.shared.OrderKey;
import dev.holdfast.commerce.shared.OrderKeyStore;
import dev.holdfast.commerce.transport.TransportProtocol.Shipment;
import dev.holdfast.commerce.transport.TransportProtocol.ShipmentOf;
import dev.holdfast.commerce.transport.TransportProtocol.State;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Timestamps;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is read of the schema {@code transport} outside batches. */
final class ShipmentViewStore {
  private static final String SHIPMENT =
      """
      SELECT order_id, state, carrier, tracking, cost_minor, cost_currency, created_at,
             delivered_at, version
      FROM transport.shipment
      WHERE merchant_id = $1 AND order_id = $2
      """;

  private static final String TO_BE_CHECKED =
      """
      SELECT merchant_id, order_id
      FROM transport.stray_label
      WHERE check_at <= $1
      GROUP BY merchant_id, order_id
      ORDER BY min(check_at)
      LIMIT $2
      """;

  private static final String STRAYS = "SELECT count(*) AS strays FROM transport.stray_label";

  private static final String WANTED =
      """
      SELECT tracking
      FROM transport.shipment
      WHERE (merchant_id, order_id) IN (SELECT * FROM unnest($1::integer[], $2::uuid[]))
        AND tracking IS NOT NULL AND state <> 'CANCELLED'
      """;

  private static final String WITH_LABEL =
      """
      SELECT count(*) AS labels
      FROM transport.shipment
      WHERE tracking IS NOT NULL AND state <> 'CANCELLED'
      """;

  Future<Shipment> shipment(Database database, Deadline deadline, ShipmentOf query) {
    return database
        .query(deadline, SHIPMENT, Tuple.of(query.merchant(), query.order()))
        .map(rows -> rows.stream().findFirst().map(ShipmentViewStore::shipment))
        .map(ShipmentViewStore::orRefuse);
  }

  private static Shipment orRefuse(Optional<Shipment> found) {
    return found.orElseThrow(
        () ->
            new QueryRefused(
                Refusal.notFound("unknown_shipment", "There is no shipment of that order.")));
  }

  private static Shipment shipment(Row row) {
    return new Shipment(
        row.getUUID("order_id"),
        State.valueOf(row.getString("state")),
        row.getString("carrier"),
        row.getString("tracking"),
        new Money(row.getLong("cost_minor"), row.getString("cost_currency")),
        row.getOffsetDateTime("created_at").toInstant(),
        Timestamps.instant(row.getOffsetDateTime("delivered_at")),
        row.getLong("version"));
  }

  /** The orders with stray labels to be taken back, longest waiting first. */
  Future<List<OrderKey>> toBeChecked(Database database, Deadline deadline, Instant now, int limit) {
    return OrderKeyStore.due(database, deadline, TO_BE_CHECKED, now, limit);
  }

  Future<Long> strays(Database database, Deadline deadline) {
    return database
        .query(deadline, STRAYS, Tuple.tuple())
        .map(rows -> rows.iterator().next().getLong("strays"));
  }

  /** The labels that these orders' shipments go with. */
  Future<Set<String>> wanted(Database database, Deadline deadline, List<LabelKey> keys) {
    Tuple arguments = Columns.of(keys).integers(LabelKey::merchant).uuids(LabelKey::order).tuple();
    return database
        .query(deadline, WANTED, arguments)
        .map(
            rows -> {
              Set<String> wanted = new HashSet<>();
              rows.forEach(row -> wanted.add(row.getString("tracking")));
              return wanted;
            });
  }

  Future<Long> withLabel(Database database, Deadline deadline) {
    return database
        .query(deadline, WITH_LABEL, Tuple.tuple())
        .map(rows -> rows.iterator().next().getLong("labels"));
  }
}
