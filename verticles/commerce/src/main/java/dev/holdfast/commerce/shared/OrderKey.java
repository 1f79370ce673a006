package dev.holdfast.commerce.shared;

import dev.holdfast.kernel.DerivedId;
import java.util.Comparator;
import java.util.UUID;

/** An order among those of all merchants; sorted as the database sorts rows by it. */
public record OrderKey(int merchant, UUID order) implements Comparable<OrderKey> {
  private static final Comparator<OrderKey> DATABASE_ORDER =
      Comparator.comparingInt(OrderKey::merchant)
          .thenComparing(OrderKey::order, DerivedId.DATABASE_ORDER);

  @Override
  public int compareTo(OrderKey other) {
    return DATABASE_ORDER.compare(this, other);
  }
}
