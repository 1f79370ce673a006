package dev.holdfast.commerce.inventory;

import dev.holdfast.agent.Agent;
import dev.holdfast.agent.AgentHost;
import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.commerce.inventory.InventoryProtocol.Adjust;
import dev.holdfast.commerce.inventory.InventoryProtocol.Expire;
import dev.holdfast.commerce.inventory.InventoryProtocol.InventoryCommand;
import dev.holdfast.commerce.inventory.InventoryProtocol.InventoryQuery;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.inventory.InventoryProtocol.Release;
import dev.holdfast.commerce.inventory.InventoryProtocol.Reserve;
import dev.holdfast.commerce.inventory.InventoryProtocol.Restock;
import dev.holdfast.commerce.inventory.InventoryProtocol.Ship;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockLevels;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockOf;
import dev.holdfast.commerce.inventory.InventoryProtocol.StockPage;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Query;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Owns stock: holds it for orders, ships it, and books whatever else moves it. */
public final class InventoryAgent extends Agent<InventoryCommand<?>, Stock> {
  /** Free units at which a code counts as low where nothing else is set. */
  public static final long DEFAULT_REORDER_POINT = 10;

  private final HoldStore holds = new HoldStore();
  private final StockStore shelves = new StockStore();
  private final BookingStore bookings = new BookingStore();
  private final StockLevelStore levels;
  private final HoldRules holding;
  private final BookingRules booking;

  /**
   * @param queries where questions are answered from
   * @param reorderPoint free units of a code at which it is told to be low, 0 or more
   */
  public InventoryAgent(AgentHost host, Database queries, long reorderPoint) {
    super(host);
    LowStockRules lowStock = new LowStockRules(reorderPoint);
    this.levels = new StockLevelStore(queries);
    this.holding = new HoldRules(lowStock);
    this.booking = new BookingRules(lowStock);
  }

  /**
   * Locks document names, reservations to be closed, then shelves, each in the order of its keys.
   * What a new reservation or booking might collide with is read behind the locks, where a lane
   * that was quicker with the same command has committed.
   */
  @Override
  protected Future<Stock> load(Tx tx, List<Entry<InventoryCommand<?>>> batch) {
    StockNeeds needs = StockNeeds.of(batch);
    Stock stock = new Stock(batch.getFirst().now());
    List<Future<?>> sent = new ArrayList<>();
    if (!needs.bookings().isEmpty()) {
      sent.add(bookings.lock(tx, needs.bookings()));
      sent.add(bookings.read(tx, needs.bookings(), stock));
    }
    if (!needs.closing().isEmpty()) {
      sent.add(holds.lock(tx, needs.closing(), stock));
    }
    sent.add(shelves.lock(tx, needs.codes(), needs.closing(), stock));
    if (!needs.reserving().isEmpty()) {
      sent.add(holds.read(tx, needs.reserving(), stock));
    }
    return Future.all(sent).map(stock);
  }

  @Override
  protected Decision decide(Stock stock, Entry<InventoryCommand<?>> entry) {
    return switch (entry.command()) {
      case Reserve asked -> holding.reserve(stock, asked);
      case Release asked -> holding.release(stock, asked);
      case Expire asked -> holding.expire(stock, asked);
      case Ship asked -> holding.ship(stock, asked, entry.now());
      case OpenStock asked -> booking.open(stock, asked, entry.now());
      case Restock asked -> booking.restock(stock, asked, entry.now());
      case Adjust asked -> booking.adjust(stock, asked, entry.now());
    };
  }

  @Override
  protected void save(Tx tx, Stock stock) {
    shelves.update(tx, stock.changedShelves());
    shelves.insert(tx, stock.newShelves());
    holds.insert(tx, stock.newHolds(), stock.now());
    holds.close(tx, stock.closedHolds(), stock.now());
    bookings.insert(tx, stock.newBookings());
    shelves.append(tx, stock.movements());
  }

  @Override
  protected Future<?> answer(Query<?> query, Deadline deadline) {
    return switch ((InventoryQuery<?>) query) {
      case StockOf asked -> levels.level(deadline, asked.merchant(), asked.sku());
      case StockPage asked ->
          levels
              .page(deadline, asked.merchant(), asked.after(), asked.limit())
              .map(StockLevels::new);
    };
  }
}
