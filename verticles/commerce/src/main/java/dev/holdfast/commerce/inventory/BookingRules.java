package dev.holdfast.commerce.inventory;

import dev.holdfast.agent.Decision;
import dev.holdfast.commerce.inventory.InventoryProtocol.Adjust;
import dev.holdfast.commerce.inventory.InventoryProtocol.Moved;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.inventory.InventoryProtocol.Restock;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockMoved;
import dev.holdfast.commerce.shared.Sku;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.kernel.Refusal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Stock that moves without a reservation: opening, corrections, returned goods. */
final class BookingRules {
  private final LowStockRules lowStock;

  BookingRules(LowStockRules lowStock) {
    this.lowStock = lowStock;
  }

  /** Half of each code to each warehouse. */
  Decision open(Stock stock, OpenStock asked, Instant now) {
    Booking booking =
        new Booking(asked.merchant(), asked.booking(), Movement.Kind.OPENED, null, null, null, now);
    Optional<Refusal> refusal = refusal(stock, booking, asked.lines(), 0);
    if (refusal.isPresent()) {
      return Decision.rejected(refusal.get());
    }
    Tally tally = new Tally(stock, booking);
    StockRules.stockedUnits(asked.lines())
        .forEach((sku, units) -> tally.put(sku, StockRules.halves(units)));
    return tally.done();
  }

  /** Returned goods go to the first warehouse, where returns are unpacked. */
  Decision restock(Stock stock, Restock asked, Instant now) {
    Booking booking =
        new Booking(
            asked.merchant(), asked.booking(), Movement.Kind.RESTOCKED, null, null, null, now);
    Optional<Refusal> refusal = refusal(stock, booking, asked.lines(), 1);
    if (refusal.isPresent()) {
      return Decision.rejected(refusal.get());
    }
    Tally tally = new Tally(stock, booking);
    StockRules.stockedUnits(asked.lines())
        .forEach((sku, units) -> tally.put(sku, new StockRules.Spread(units, 0)));
    return tally.done();
  }

  /** Line by line in the document's order: found goods to the first warehouse, losses as free. */
  Decision adjust(Stock stock, Adjust asked, Instant now) {
    Booking booking =
        new Booking(
            asked.merchant(),
            asked.booking(),
            Movement.Kind.ADJUSTED,
            asked.source(),
            asked.externalNumber(),
            asked.reason(),
            now);
    Optional<Refusal> refusal = refusal(stock, booking, asked.lines(), -StockRules.MAX_UNITS);
    if (refusal.isPresent()) {
      return Decision.rejected(refusal.get());
    }
    Tally tally = new Tally(stock, booking);
    for (Units line : asked.lines()) {
      if (Sku.isStocked(line.sku())) {
        tally.adjust(line);
      }
    }
    return lowStock.tell(tally.done(), stock, asked.merchant(), tally.taken);
  }

  private static Optional<Refusal> refusal(
      Stock stock, Booking booking, List<Units> lines, long least) {
    return stock
        .booked(booking.merchant(), booking.id(), booking.source(), booking.externalNumber())
        .map(BookingRules::alreadyRecorded)
        .or(() -> StockRules.unfit(lines, least));
  }

  private static Refusal alreadyRecorded(UUID booking) {
    return Refusal.conflict("already_recorded", "Already recorded as booking " + booking + ".");
  }

  /** What one booking has moved so far. */
  private static final class Tally {
    private final Stock stock;
    private final Booking booking;
    private final Map<String, Long> taken = new LinkedHashMap<>();
    private long units;
    private long shortUnits;

    Tally(Stock stock, Booking booking) {
      this.stock = stock;
      this.booking = booking;
      stock.add(booking);
    }

    void put(String sku, StockRules.Spread spread) {
      for (int warehouse : Stock.WAREHOUSES) {
        move(sku, warehouse, spread.of(warehouse));
      }
    }

    void adjust(Units line) {
      taken.merge(line.sku(), 0L, Long::sum);
      if (line.units() >= 0) {
        move(line.sku(), 1, line.units());
      } else {
        writeOff(line.sku(), -line.units());
      }
    }

    private void writeOff(String sku, long lost) {
      StockRules.Spread spread =
          StockRules.writeOff(
              lost,
              stock.shelf(booking.merchant(), sku, 1).free(),
              stock.shelf(booking.merchant(), sku, 2).free());
      put(sku, new StockRules.Spread(-spread.first(), -spread.second()));
      long missing = lost - spread.first() - spread.second();
      if (missing > 0) {
        shortUnits = Math.addExact(shortUnits, missing);
        enter(sku, 1, 0, missing);
      }
    }

    private void move(String sku, int warehouse, long moved) {
      if (moved == 0) {
        return;
      }
      stock.shelf(booking.merchant(), sku, warehouse).move(moved);
      units = Math.addExact(units, moved);
      taken.merge(sku, -moved, Long::sum);
      enter(sku, warehouse, moved, 0);
    }

    private void enter(String sku, int warehouse, long moved, long missing) {
      stock.add(
          new Movement(
              booking.merchant(),
              sku,
              warehouse,
              booking.kind(),
              moved,
              missing,
              booking.id(),
              booking.at()));
    }

    Decision done() {
      return Decision.done(new Moved(booking.id(), units, shortUnits))
          .tell(
              new StockMoved(
                  booking.merchant(),
                  booking.id().toString(),
                  1,
                  booking.kind().name().toLowerCase(Locale.ROOT),
                  units));
    }
  }
}
