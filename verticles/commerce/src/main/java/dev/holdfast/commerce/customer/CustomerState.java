package dev.holdfast.commerce.customer;

import dev.holdfast.commerce.customer.CustomerProtocol.Kind;
import dev.holdfast.commerce.customer.CustomerProtocol.Registered;
import dev.holdfast.commerce.customer.CustomerProtocol.Status;
import java.time.Instant;

/**
 * What the decisions need to know of one customer, and what they change. Nothing that names the
 * person.
 *
 * @param orders delivered ones
 * @param lifetimeMinor what they came to
 * @param erasedAt when what names the person was erased, or null
 * @param version 1 when entered, one more with each change
 */
record CustomerState(
    int merchant,
    String customer,
    Kind kind,
    String country,
    Instant registeredAt,
    Status status,
    String statusReason,
    long points,
    long orders,
    long lifetimeMinor,
    Instant erasedAt,
    long version) {

  CustomerKey key() {
    return new CustomerKey(merchant, customer);
  }

  Registered registered() {
    return new Registered(customer, version);
  }

  CustomerState to(Status next, String why) {
    return next(next, why, points, orders, lifetimeMinor, erasedAt);
  }

  CustomerState earned(long more, long amountMinor) {
    return next(
        status,
        statusReason,
        Math.addExact(points, more),
        orders + 1,
        Math.addExact(lifetimeMinor, amountMinor),
        erasedAt);
  }

  /** A reason was written by a person about a person, so it goes as well. */
  CustomerState erased(Instant at) {
    return next(status, null, points, orders, lifetimeMinor, at);
  }

  private CustomerState next(
      Status next,
      String why,
      long newPoints,
      long newOrders,
      long newLifetimeMinor,
      Instant erased) {
    return new CustomerState(
        merchant,
        customer,
        kind,
        country,
        registeredAt,
        next,
        why,
        newPoints,
        newOrders,
        newLifetimeMinor,
        erased,
        version + 1);
  }
}
