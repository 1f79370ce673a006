package dev.holdfast.commerce.order;

import dev.holdfast.agent.Agent;
import dev.holdfast.agent.AgentHost;
import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.commerce.order.OrderProtocol.AboutOrder;
import dev.holdfast.commerce.order.OrderProtocol.ClaimUnits;
import dev.holdfast.commerce.order.OrderProtocol.ForgetContact;
import dev.holdfast.commerce.order.OrderProtocol.Forgotten;
import dev.holdfast.commerce.order.OrderProtocol.OrderById;
import dev.holdfast.commerce.order.OrderProtocol.OrderByNumber;
import dev.holdfast.commerce.order.OrderProtocol.OrderCommand;
import dev.holdfast.commerce.order.OrderProtocol.OrderPage;
import dev.holdfast.commerce.order.OrderProtocol.OrderQuery;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.order.OrderProtocol.RecordUnreadable;
import dev.holdfast.commerce.order.OrderProtocol.RefusePlacing;
import dev.holdfast.commerce.order.OrderProtocol.ReleaseUnits;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Query;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.util.List;

/** Owns orders from their entry to their delivery, and what was returned of them. */
public final class OrderAgent extends Agent<OrderCommand<?>, OrderBook> {
  private final OrderStore orders = new OrderStore();
  private final ClaimStore claims = new ClaimStore();
  private final UnreadableStore unreadable = new UnreadableStore();
  private final OrderViewStore views;

  /**
   * An instance for one life.
   *
   * @param host the agent's host
   * @param queries where questions are answered from
   */
  public OrderAgent(AgentHost host, Database queries) {
    super(host);
    this.views = new OrderViewStore(queries);
  }

  @Override
  protected Future<OrderBook> load(Tx tx, List<Entry<OrderCommand<?>>> batch) {
    OrderBook book = new OrderBook();
    List<? extends OrderCommand<?>> commands = batch.stream().map(Entry::command).toList();
    return Future.join(
            orders.lock(tx, commands, book),
            claims.lock(tx, commands, book.purchases()),
            orders.recorded(tx, commands, book))
        .map(book);
  }

  @Override
  protected Decision decide(OrderBook book, Entry<OrderCommand<?>> entry) {
    return switch (entry.command()) {
      case Place place -> PlacingRules.place(book, place, entry.id().value());
      case RefusePlacing refused ->
          Decision.rejected(Refusal.conflict(refused.code(), refused.message()));
      case AboutOrder<?> change -> OrderRules.change(book, change, entry.now());
      case ClaimUnits claim -> ClaimRules.claim(book.purchases(), claim);
      case ReleaseUnits release -> ClaimRules.release(book.purchases(), release);
      case ForgetContact forget -> forget(book, forget);
      case RecordUnreadable told ->
          UnreadableRules.record(book, told, entry.id().value(), entry.now());
    };
  }

  private static Decision forget(OrderBook book, ForgetContact command) {
    book.forget(new OrderBook.Person(command.merchant(), command.customer()));
    return Decision.done(new Forgotten(command.customer()));
  }

  @Override
  protected void save(Tx tx, OrderBook book) {
    orders.save(tx, book);
    claims.save(tx, book.purchases());
    unreadable.insert(tx, book.unreadable());
  }

  @Override
  protected Future<?> answer(Query<?> query, Deadline deadline) {
    return switch ((OrderQuery<?>) query) {
      case OrderById id -> views.byId(id, deadline);
      case OrderByNumber number -> views.byNumber(number, deadline);
      case OrderPage page -> views.page(page, deadline);
    };
  }
}
