package dev.holdfast.commerce.inventory;

import dev.holdfast.agent.Decision;
import dev.holdfast.agent.TimerSet;
import dev.holdfast.commerce.inventory.InventoryProtocol.Allocation;
import dev.holdfast.commerce.inventory.InventoryProtocol.Expire;
import dev.holdfast.commerce.inventory.InventoryProtocol.Release;
import dev.holdfast.commerce.inventory.InventoryProtocol.Released;
import dev.holdfast.commerce.inventory.InventoryProtocol.Reserve;
import dev.holdfast.commerce.inventory.InventoryProtocol.Reserved;
import dev.holdfast.commerce.inventory.InventoryProtocol.Ship;
import dev.holdfast.commerce.inventory.InventoryProtocol.Shipped;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockReleased;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockReserved;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockShipped;
import dev.holdfast.kernel.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Holding stock, giving it back, shipping it. A reservation has two events at most: its first
 * version holds, its second closes.
 */
final class HoldRules {
  private static final String EXPIRY = "expiry";

  private final LowStockRules lowStock;

  HoldRules(LowStockRules lowStock) {
    this.lowStock = lowStock;
  }

  /** All lines or none; what is asked again under a reservation that stands is that reservation. */
  Decision reserve(Stock stock, Reserve asked) {
    Optional<Refusal> unfit = StockRules.unfit(asked.lines(), 1);
    if (unfit.isPresent()) {
      return Decision.rejected(unfit.get());
    }
    Map<String, Long> wanted = StockRules.stockedUnits(asked.lines());
    Optional<Hold> before = stock.hold(asked.merchant(), asked.reservation());
    if (before.isPresent()) {
      return known(before.get(), wanted);
    }
    List<Allocation> allocations = new ArrayList<>(wanted.size());
    for (Map.Entry<String, Long> line : wanted.entrySet()) {
      Optional<StockRules.Spread> spread =
          take(stock, asked.merchant(), line.getKey(), line.getValue());
      if (spread.isEmpty()) {
        return Decision.rejected(outOfStock(stock, asked.merchant(), line));
      }
      addTo(allocations, line.getKey(), spread.get());
    }
    return hold(stock, asked, wanted, allocations);
  }

  private static Optional<StockRules.Spread> take(
      Stock stock, int merchant, String sku, long units) {
    return StockRules.take(
        units, stock.shelf(merchant, sku, 1).free(), stock.shelf(merchant, sku, 2).free());
  }

  private static void addTo(List<Allocation> allocations, String sku, StockRules.Spread spread) {
    for (int warehouse : Stock.WAREHOUSES) {
      if (spread.of(warehouse) > 0) {
        allocations.add(new Allocation(sku, warehouse, spread.of(warehouse)));
      }
    }
  }

  private static Refusal outOfStock(Stock stock, int merchant, Map.Entry<String, Long> line) {
    return Refusal.conflict(
        "out_of_stock",
        line.getKey()
            + ": "
            + line.getValue()
            + " wanted, "
            + stock.free(merchant, line.getKey())
            + " free.");
  }

  private Decision hold(
      Stock stock, Reserve asked, Map<String, Long> wanted, List<Allocation> allocations) {
    for (Allocation part : allocations) {
      stock.shelf(asked.merchant(), part.sku(), part.warehouse()).hold(part.units());
    }
    Hold hold = Hold.of(asked.merchant(), asked.reservation(), asked.expiresAt(), allocations);
    stock.add(hold);
    Decision decision =
        Decision.done(new Reserved(asked.reservation(), allocations))
            .tell(
                new StockReserved(
                    asked.merchant(), asked.reservation().toString(), 1, hold.units()));
    if (asked.expiresAt() != null) {
      decision = decision.timer(expiry(asked));
    }
    return lowStock.tell(decision, stock, asked.merchant(), wanted);
  }

  private static TimerSet expiry(Reserve asked) {
    return new TimerSet(
        asked.reservation().toString(),
        EXPIRY,
        1,
        asked.expiresAt(),
        new Expire(asked.merchant(), asked.reservation()));
  }

  /** Another command under a reservation that is there: the same units again, or a conflict. */
  private static Decision known(Hold hold, Map<String, Long> wanted) {
    Map<String, Long> held = new HashMap<>();
    hold.allocations.forEach(part -> held.merge(part.sku(), part.units(), Long::sum));
    if (!hold.isActive()) {
      return Decision.rejected(
          Refusal.conflict("reservation_closed", "The reservation is " + word(hold) + "."));
    }
    return held.equals(wanted)
        ? Decision.done(new Reserved(hold.reservation, hold.allocations))
        : Decision.rejected(
            Refusal.conflict("reservation_exists", "The reservation holds other units."));
  }

  /** Gives back what is held; done as well when nothing is. */
  Decision release(Stock stock, Release asked) {
    return stock
        .hold(asked.merchant(), asked.reservation())
        .filter(Hold::isActive)
        .map(hold -> giveBack(stock, hold, Hold.State.RELEASED, asked.reason()))
        .orElseGet(() -> nothing(asked.reservation()));
  }

  /** The same by the timer; a reservation that a workflow run sees to has no such time. */
  Decision expire(Stock stock, Expire asked) {
    return stock
        .hold(asked.merchant(), asked.reservation())
        .filter(hold -> hold.isActive() && hold.expiresAt != null)
        .map(hold -> giveBack(stock, hold, Hold.State.EXPIRED, "expired"))
        .orElseGet(() -> nothing(asked.reservation()));
  }

  private static Decision nothing(UUID reservation) {
    return Decision.done(new Released(reservation, 0));
  }

  private static Decision giveBack(Stock stock, Hold hold, Hold.State as, String reason) {
    for (Allocation part : hold.allocations) {
      stock.shelf(hold.merchant, part.sku(), part.warehouse()).hold(-part.units());
    }
    hold.close(as);
    Decision decision =
        Decision.done(new Released(hold.reservation, hold.units()))
            .tell(
                new StockReleased(
                    hold.merchant, hold.reservation.toString(), 2, hold.units(), reason));
    return as == Hold.State.EXPIRED ? decision : stopExpiry(decision, hold);
  }

  /** The held goods leave; asked again by another command they have left already. */
  Decision ship(Stock stock, Ship asked, Instant now) {
    Optional<Hold> hold = stock.hold(asked.merchant(), asked.reservation());
    if (hold.isEmpty()) {
      return Decision.rejected(
          Refusal.notFound("unknown_reservation", "There is no such reservation."));
    }
    return switch (hold.get().state()) {
      case ACTIVE -> shipped(stock, hold.get(), now);
      case SHIPPED -> Decision.done(new Shipped(asked.reservation(), hold.get().units()));
      case RELEASED, EXPIRED ->
          Decision.rejected(
              Refusal.conflict(
                  "reservation_not_held", "The reservation is " + word(hold.get()) + "."));
    };
  }

  private static Decision shipped(Stock stock, Hold hold, Instant now) {
    for (Allocation part : hold.allocations) {
      stock.shelf(hold.merchant, part.sku(), part.warehouse()).ship(part.units());
      stock.add(
          new Movement(
              hold.merchant,
              part.sku(),
              part.warehouse(),
              Movement.Kind.SHIPPED,
              -part.units(),
              0,
              hold.reservation,
              now));
    }
    hold.close(Hold.State.SHIPPED);
    return stopExpiry(
        Decision.done(new Shipped(hold.reservation, hold.units()))
            .tell(new StockShipped(hold.merchant, hold.reservation.toString(), 2, hold.units())),
        hold);
  }

  private static Decision stopExpiry(Decision decision, Hold hold) {
    return hold.expiresAt == null
        ? decision
        : decision.timer(TimerSet.stop(hold.reservation.toString(), EXPIRY));
  }

  private static String word(Hold hold) {
    return switch (hold.state()) {
      case ACTIVE -> "held";
      case SHIPPED -> "shipped";
      case RELEASED -> "released";
      case EXPIRED -> "expired";
    };
  }
}
