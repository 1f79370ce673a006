package dev.holdfast.commerce.order;

import dev.holdfast.commerce.order.OrderBook.Entered;
import dev.holdfast.commerce.order.OrderBook.Person;
import dev.holdfast.commerce.order.OrderProtocol.AboutOrder;
import dev.holdfast.commerce.order.OrderProtocol.OrderCommand;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.order.OrderProtocol.Status;
import dev.holdfast.commerce.shared.DocumentNumber;
import dev.holdfast.commerce.shared.DocumentNumberStore;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.shared.OrderKey;
import dev.holdfast.postgres.Columns;
import dev.holdfast.postgres.Timestamps;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The rows of orders: locked and read before the decisions, written after them. */
final class OrderStore {
  private static final String LOCK =
      """
      SELECT o.merchant_id, o.order_id, o.run_id, o.customer, o.total_minor, o.currency, o.stocked,
             o.status, o.delivered_at, o.carrier, o.tracking, o.refusal_code, o.refusal_message,
             o.version
        FROM unnest($1::int[], $2::uuid[]) AS k(merchant_id, order_id)
        JOIN orders.orders o ON o.merchant_id = k.merchant_id AND o.order_id = k.order_id
       ORDER BY o.merchant_id, o.order_id
         FOR UPDATE OF o
      """;

  private static final String RECORDED =
      """
      SELECT o.merchant_id, o.source, o.external_number, o.order_id
        FROM unnest($1::int[], $2::text[], $3::text[]) AS k(merchant_id, source, external_number)
        JOIN orders.orders o ON o.merchant_id = k.merchant_id AND o.source = k.source
                            AND o.external_number = k.external_number
      """;

  private static final String UPDATE =
      """
      UPDATE orders.orders o
         SET status = n.status, delivered_at = n.delivered_at, carrier = n.carrier,
             tracking = n.tracking, refusal_code = n.refusal_code,
             refusal_message = n.refusal_message, version = n.version
        FROM unnest($1::int[], $2::uuid[], $3::text[], $4::timestamptz[], $5::text[], $6::text[],
                    $7::text[], $8::text[], $9::bigint[])
             AS n(merchant_id, order_id, status, delivered_at, carrier, tracking, refusal_code,
                  refusal_message, version)
       WHERE o.merchant_id = n.merchant_id AND o.order_id = n.order_id
      """;

  private static final String FORGET =
      """
      DELETE FROM orders.order_contact c
       USING unnest($1::int[], $2::text[]) AS k(merchant_id, customer)
       WHERE c.merchant_id = k.merchant_id AND c.customer = k.customer
      """;

  private final NewOrderStore newOrders = new NewOrderStore();

  /** Locks and reads the orders that the commands are about. */
  Future<?> lock(Tx tx, List<? extends OrderCommand<?>> commands, OrderBook into) {
    TreeSet<OrderKey> keys = new TreeSet<>();
    for (OrderCommand<?> command : commands) {
      if (command instanceof AboutOrder<?> about) {
        keys.add(new OrderKey(about.merchant(), about.order()));
      }
    }
    if (keys.isEmpty()) {
      return Future.succeededFuture();
    }
    Tuple key = Columns.of(keys).integers(OrderKey::merchant).uuids(OrderKey::order).tuple();
    return tx.execute(LOCK, key).onSuccess(rows -> rows.forEach(row -> into.loaded(order(row))));
  }

  private static OrderState order(Row row) {
    return new OrderState(
        row.getInteger(0),
        row.getUUID(1),
        row.getUUID(2),
        row.getString(3),
        new Money(row.getLong(4), row.getString(5)),
        row.getBoolean(6),
        Status.valueOf(row.getString(7)),
        Timestamps.instant(row.getOffsetDateTime(8)),
        row.getString(9),
        row.getString(10),
        row.getString(11),
        row.getString(12),
        row.getLong(13));
  }

  /** Reads which of the numbers that shall be entered are there already. */
  Future<?> recorded(Tx tx, List<? extends OrderCommand<?>> commands, OrderBook into) {
    List<DocumentNumber> numbers =
        commands.stream()
            .filter(Place.class::isInstance)
            .map(Place.class::cast)
            .map(
                place ->
                    DocumentNumber.orNull(place.merchant(), place.source(), place.externalNumber()))
            .toList();
    return DocumentNumberStore.find(tx, RECORDED, numbers, into::recorded);
  }

  /** Sends what the decisions changed. */
  void save(Tx tx, OrderBook book) {
    List<Entered> entered = book.entered();
    if (!entered.isEmpty()) {
      newOrders.insert(tx, entered);
    }
    if (!book.changed().isEmpty()) {
      update(tx, book.changed());
    }
    if (!book.forgotten().isEmpty()) {
      forget(tx, book.forgotten());
    }
  }

  private static void update(Tx tx, Collection<OrderState> orders) {
    tx.execute(
        UPDATE,
        Columns.of(orders)
            .integers(OrderState::merchant)
            .uuids(OrderState::order)
            .texts(o -> o.status().name())
            .times(OrderState::deliveredAt)
            .texts(OrderState::carrier)
            .texts(OrderState::tracking)
            .texts(OrderState::refusalCode)
            .texts(OrderState::refusalMessage)
            .longs(OrderState::version)
            .tuple());
  }

  private static void forget(Tx tx, Collection<Person> persons) {
    tx.execute(
        FORGET, Columns.of(persons).integers(Person::merchant).texts(Person::customer).tuple());
  }
}
