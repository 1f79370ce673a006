package dev.holdfast.commerce.inventory;

import dev.holdfast.commerce.shared.Units;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Event;
import dev.holdfast.kernel.Query;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What may be said to the inventory agent, and what it says. */
public interface InventoryProtocol {

  /** Commands to the inventory agent. */
  sealed interface InventoryCommand<R> extends Command<R> {}

  /** Commands about one reservation. */
  sealed interface AboutReservation<R> extends InventoryCommand<R> {
    UUID reservation();

    @Override
    default String parkingKey() {
      return reservation().toString();
    }
  }

  /** Movements of stock that are booked once under their own name. */
  sealed interface AboutBooking<R> extends InventoryCommand<R> {
    UUID booking();

    List<Units> lines();

    @Override
    default String parkingKey() {
      return booking().toString();
    }

    /** A line moves stock and writes it into the ledger of movements. */
    @Override
    default int rows() {
      return 2 * lines().size();
    }
  }

  /**
   * Hold stock. All lines or none; services among them are passed over. Refused with {@code
   * out_of_stock} (conflict), naming the first short code, with {@code reservation_closed} or
   * {@code reservation_exists} (conflict) when the reservation is over or holds other units, with
   * {@code invalid_quantity} or {@code too_many_lines} (invalid).
   *
   * @param reservation chosen by the asker; for an order its id
   * @param lines at most 15,000; units of each code, 1 to 1,000,000,000; a code may stand in
   *     several lines
   * @param expiresAt when it is released by itself; null when the asker's workflow run sees to that
   */
  record Reserve(int merchant, UUID reservation, List<Units> lines, Instant expiresAt)
      implements AboutReservation<Reserved> {
    public Reserve {
      lines = List.copyOf(lines);
    }

    @Override
    public int rows() {
      return 2 * lines.size();
    }
  }

  /** The stock is held. */
  record Reserved(UUID reservation, List<Allocation> allocations) {
    public Reserved {
      allocations = List.copyOf(allocations);
    }
  }

  /** Units of a code in one warehouse. */
  record Allocation(String sku, int warehouse, long units) {}

  /**
   * Give back what is held. Done as well when nothing is held any more; shipped goods stay gone.
   */
  record Release(int merchant, UUID reservation, String reason)
      implements AboutReservation<Released> {}

  /** Units that became free; 0 when nothing was held. */
  record Released(UUID reservation, long units) {}

  /**
   * The held goods leave the house. Refused with {@code reservation_not_held} (conflict) when it
   * was released or expired, with {@code unknown_reservation} (not found).
   */
  record Ship(int merchant, UUID reservation) implements AboutReservation<Shipped> {}

  /** The goods left. */
  record Shipped(UUID reservation, long units) {}

  /**
   * Opening stock: half of each code to each of the two warehouses, the odd unit to the first.
   * Refused with {@code already_recorded} (conflict) when the booking is there.
   *
   * @param booking names the booking, once for ever; part of the movements
   */
  record OpenStock(int merchant, UUID booking, List<Units> lines) implements AboutBooking<Moved> {
    public OpenStock {
      lines = List.copyOf(lines);
    }
  }

  /**
   * A correction by signed quantities, line by line. A write-off larger than the free stock takes
   * what is free. Refused with {@code already_recorded} (conflict) when the booking or the document
   * is there.
   *
   * @param booking names the correction, once for ever
   * @param source where the document comes from, or null
   * @param externalNumber its number there, unique for ever with merchant and source, or null
   * @param reason as it stands in the document
   */
  record Adjust(
      int merchant,
      UUID booking,
      String source,
      String externalNumber,
      List<Units> lines,
      String reason)
      implements AboutBooking<Moved> {
    public Adjust {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Returned goods go back to free stock; services among the lines are passed over. Refused with
   * {@code already_recorded} (conflict) when the booking is there.
   *
   * @param booking names the return, once for ever
   */
  record Restock(int merchant, UUID booking, List<Units> lines) implements AboutBooking<Moved> {
    public Restock {
      lines = List.copyOf(lines);
    }
  }

  /**
   * What was moved.
   *
   * @param units the signed sum that was applied
   * @param shortUnits units that were to be written off but were not free; 0 or more
   */
  record Moved(UUID booking, long units, long shortUnits) {}

  /** The time of a reservation that no run owns is over. */
  record Expire(int merchant, UUID reservation) implements AboutReservation<Released> {}

  /** Questions to the inventory agent. */
  sealed interface InventoryQuery<R> extends Query<R> {}

  /** Stock of one code; all zero when it is not known. */
  record StockOf(int merchant, String sku) implements InventoryQuery<StockLevel> {}

  /** Stock by code in ascending order, after the given one (null: from the first). */
  record StockPage(int merchant, String after, int limit) implements InventoryQuery<StockLevels> {}

  /** Stock of one code over both warehouses. */
  record StockLevel(String sku, long onHand, long reserved, List<WarehouseStock> warehouses) {
    public StockLevel {
      warehouses = List.copyOf(warehouses);
    }
  }

  /** Units of a code in one warehouse; what is reserved is part of what is on hand. */
  record WarehouseStock(int warehouse, long onHand, long reserved) {}

  /** The levels of the codes that were asked for. */
  record StockLevels(List<StockLevel> levels) {
    public StockLevels {
      levels = List.copyOf(levels);
    }
  }

  /** Stock was held for the aggregate (a reservation). */
  record StockReserved(int merchant, String aggregate, long version, long units) implements Event {}

  /** Held stock became free again. */
  record StockReleased(int merchant, String aggregate, long version, long units, String reason)
      implements Event {}

  /** Held stock left the house. */
  record StockShipped(int merchant, String aggregate, long version, long units) implements Event {}

  /** Stock was moved without a reservation: opening, correction, restock. */
  record StockMoved(int merchant, String aggregate, long version, String kind, long units)
      implements Event {}

  /**
   * The free units of a code came down to the reorder point or below it.
   *
   * @param aggregate the code
   * @param free units in both warehouses that are promised to nobody
   */
  record StockLow(int merchant, String aggregate, long version, long free, long reorderPoint)
      implements Event {}
}
