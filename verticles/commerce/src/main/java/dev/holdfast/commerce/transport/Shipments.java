package dev.holdfast.commerce.transport;

import dev.holdfast.commerce.shared.OrderKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The work of a batch: shipments, and labels that must not stay valid. */
final class Shipments {
  private final Map<OrderKey, ShipmentRow> shipments = new LinkedHashMap<>();
  private final Map<LabelKey, Stray> strays = new LinkedHashMap<>();

  /** A label that must not stay valid. */
  static final class Stray {
    final LabelKey key;
    final Instant watchUntil;
    final boolean isNew;
    Instant checkAt;
    boolean changed;
    boolean gone;

    Stray(LabelKey key, Instant checkAt, Instant watchUntil, boolean isNew) {
      this.key = key;
      this.checkAt = checkAt;
      this.watchUntil = watchUntil;
      this.isNew = isNew;
    }
  }

  void add(ShipmentRow shipment) {
    shipments.put(new OrderKey(shipment.merchant, shipment.order), shipment);
  }

  void add(Stray stray) {
    strays.put(stray.key, stray);
  }

  Optional<ShipmentRow> find(int merchant, UUID order) {
    return Optional.ofNullable(shipments.get(new OrderKey(merchant, order)));
  }

  /** A label that must not stay valid from now on. */
  void stray(LabelKey key, Instant checkAt, Instant watchUntil) {
    strays.putIfAbsent(key, new Stray(key, checkAt, watchUntil, true));
  }

  Iterable<ShipmentRow> all() {
    return shipments.values();
  }

  Iterable<Stray> strays() {
    return strays.values();
  }
}
