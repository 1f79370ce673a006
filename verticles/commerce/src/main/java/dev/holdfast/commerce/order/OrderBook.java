package dev.holdfast.commerce.order;

import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.shared.DocumentNumber;
import dev.holdfast.commerce.shared.OrderKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The work of one batch: the orders it is about, what it enters, and what it changes. */
final class OrderBook {
  private final Map<OrderKey, OrderState> orders = new HashMap<>();
  private final Map<DocumentNumber, UUID> numbers = new HashMap<>();
  private final List<Entered> entered = new ArrayList<>();
  private final Map<OrderKey, OrderState> changed = new LinkedHashMap<>();
  private final Set<Person> forgotten = new LinkedHashSet<>();
  private final List<UnreadableRules.Unreadable> unreadable = new ArrayList<>();
  private final Purchases purchases = new Purchases();

  /** A merchant's customer. */
  record Person(int merchant, String customer) {}

  /**
   * A new order.
   *
   * @param place the command, found valid
   * @param amounts of its lines, in the minor unit
   */
  record Entered(OrderState order, Place place, List<Long> amounts) {
    DocumentNumber document() {
      return DocumentNumber.orNull(place.merchant(), place.source(), place.externalNumber());
    }
  }

  /** An order read and locked. */
  void loaded(OrderState order) {
    orders.put(order.key(), order);
  }

  /** A number that is taken. */
  void recorded(DocumentNumber number, UUID order) {
    numbers.put(number, order);
  }

  /** The order, or null when there is none. */
  OrderState find(int merchant, UUID order) {
    return orders.get(new OrderKey(merchant, order));
  }

  /** The order that has the number, or null when none has. */
  UUID holderOf(DocumentNumber number) {
    return numbers.get(number);
  }

  void enter(Entered order) {
    entered.add(order);
    orders.put(order.order().key(), order.order());
    if (order.document() != null) {
      numbers.put(order.document(), order.order().order());
    }
  }

  void change(OrderState order) {
    orders.put(order.key(), order);
    changed.put(order.key(), order);
  }

  void forget(Person person) {
    forgotten.add(person);
  }

  void keep(UnreadableRules.Unreadable document) {
    unreadable.add(document);
  }

  /** Documents that cannot be read, to be kept as such. */
  List<UnreadableRules.Unreadable> unreadable() {
    return unreadable;
  }

  Purchases purchases() {
    return purchases;
  }

  /**
   * The new orders, those with a number first and by it: two lanes that enter the same numbers then
   * meet at the unique index in the same order, and neither waits for the other in a circle.
   */
  List<Entered> entered() {
    List<Entered> sorted = new ArrayList<>(entered);
    sorted.sort(
        Comparator.comparing(
                Entered::document, Comparator.nullsLast(Comparator.<DocumentNumber>naturalOrder()))
            .thenComparing(order -> order.order().key()));
    return sorted;
  }

  /** The changed orders as they are now. */
  Collection<OrderState> changed() {
    return changed.values();
  }

  Collection<Person> forgotten() {
    return forgotten;
  }
}
