package dev.holdfast.commerce.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The work of a batch: the shelves, holds and bookings it touches, and the movements it makes. */
final class Stock {
  /** The warehouses, in the order in which they are asked for goods. */
  static final List<Integer> WAREHOUSES = List.of(1, 2);

  private record Place(int merchant, String sku, int warehouse) {}

  private record Name(int merchant, UUID id) {}

  private final Instant now;
  private final Map<Place, Shelf> shelves = new LinkedHashMap<>();
  private final Map<Name, Hold> holds = new LinkedHashMap<>();
  private final Map<Name, UUID> bookings = new HashMap<>();
  private final Map<String, UUID> documents = new HashMap<>();
  private final List<Booking> newBookings = new ArrayList<>();
  private final List<Movement> movements = new ArrayList<>();

  /**
   * @param now platform time of the batch
   */
  Stock(Instant now) {
    this.now = now;
  }

  Instant now() {
    return now;
  }

  void add(Shelf shelf) {
    shelves.put(new Place(shelf.merchant, shelf.sku, shelf.warehouse), shelf);
  }

  void add(Hold hold) {
    holds.put(new Name(hold.merchant, hold.reservation), hold);
  }

  /** A booking that lies in the database. */
  void addKnown(int merchant, UUID booking, String source, String externalNumber) {
    bookings.put(new Name(merchant, booking), booking);
    String document = Booking.documentOf(merchant, source, externalNumber);
    if (document != null) {
      documents.put(document, booking);
    }
  }

  void add(Booking booking) {
    newBookings.add(booking);
    addKnown(booking.merchant(), booking.id(), booking.source(), booking.externalNumber());
  }

  void add(Movement movement) {
    movements.add(movement);
  }

  /** The shelf at that place; an empty one where nothing has ever lain. */
  Shelf shelf(int merchant, String sku, int warehouse) {
    return shelves.computeIfAbsent(
        new Place(merchant, sku, warehouse), place -> Shelf.empty(merchant, sku, warehouse));
  }

  /** Free units of a code over both warehouses. */
  long free(int merchant, String sku) {
    long free = 0;
    for (int warehouse : WAREHOUSES) {
      free += shelf(merchant, sku, warehouse).free();
    }
    return free;
  }

  /** Grows with each change of the code's stock. */
  long version(int merchant, String sku) {
    long version = 0;
    for (int warehouse : WAREHOUSES) {
      version += shelf(merchant, sku, warehouse).version();
    }
    return version;
  }

  Optional<Hold> hold(int merchant, UUID reservation) {
    return Optional.ofNullable(holds.get(new Name(merchant, reservation)));
  }

  /** The booking under that id, or that already recorded the same document. */
  Optional<UUID> booked(int merchant, UUID booking, String source, String externalNumber) {
    UUID same = bookings.get(new Name(merchant, booking));
    String document = Booking.documentOf(merchant, source, externalNumber);
    return Optional.ofNullable(same != null || document == null ? same : documents.get(document));
  }

  List<Shelf> changedShelves() {
    return shelves.values().stream().filter(shelf -> shelf.known && shelf.changed()).toList();
  }

  List<Shelf> newShelves() {
    return shelves.values().stream().filter(shelf -> !shelf.known && shelf.changed()).toList();
  }

  List<Hold> newHolds() {
    return holds.values().stream().filter(hold -> !hold.known).toList();
  }

  List<Hold> closedHolds() {
    return holds.values().stream().filter(Hold::changed).toList();
  }

  List<Booking> newBookings() {
    return newBookings;
  }

  List<Movement> movements() {
    return movements;
  }
}
