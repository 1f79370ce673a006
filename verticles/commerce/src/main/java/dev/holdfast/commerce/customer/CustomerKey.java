package dev.holdfast.commerce.customer;

import java.util.Comparator;

/** A customer among those of all merchants. */
record CustomerKey(int merchant, String customer) implements Comparable<CustomerKey> {
  private static final Comparator<CustomerKey> ORDER =
      Comparator.comparingInt(CustomerKey::merchant).thenComparing(CustomerKey::customer);

  @Override
  public int compareTo(CustomerKey other) {
    return ORDER.compare(this, other);
  }
}
