package dev.holdfast.commerce.customer;

import dev.holdfast.commerce.customer.CustomerProtocol.Register;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The work of one batch: the customers it is about, whom it enters, and what it changes. */
final class CustomerBook {
  private final Map<CustomerKey, CustomerState> customers = new HashMap<>();
  private final Map<CustomerKey, CustomerState> entered = new TreeMap<>();
  private final Map<CustomerKey, CustomerState> changed = new TreeMap<>();
  private final Map<CustomerKey, Register> persons = new TreeMap<>();
  private final Set<CustomerKey> erased = new TreeSet<>();

  /** A customer read. */
  void loaded(CustomerState customer) {
    customers.put(customer.key(), customer);
  }

  /** The customer, or null when there is none. */
  CustomerState find(int merchant, String customer) {
    return customers.get(new CustomerKey(merchant, customer));
  }

  void enter(CustomerState customer) {
    loaded(customer);
    entered.put(customer.key(), customer);
  }

  void change(CustomerState customer) {
    loaded(customer);
    changed.put(customer.key(), customer);
  }

  /** Keeps who is behind a number. */
  void name(Register person) {
    persons.put(new CustomerKey(person.merchant(), person.customer()), person);
  }

  /** Forgets who is behind a number. */
  void erase(CustomerKey customer) {
    persons.remove(customer);
    erased.add(customer);
  }

  /** The new customers as they were entered, sorted: two lanes then never wait in a circle. */
  Collection<CustomerState> entered() {
    return entered.values();
  }

  /** The changed customers as they are now. */
  Collection<CustomerState> changed() {
    return changed.values();
  }

  Collection<Register> persons() {
    return persons.values();
  }

  Collection<CustomerKey> erased() {
    return erased;
  }
}
