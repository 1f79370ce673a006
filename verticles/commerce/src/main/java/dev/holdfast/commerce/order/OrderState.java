package dev.holdfast.commerce.order;

import dev.holdfast.commerce.order.OrderProtocol.Changed;
import dev.holdfast.commerce.order.OrderProtocol.Status;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.shared.OrderKey;
import java.time.Instant;
import java.util.UUID;

/**
 * What the decisions need to know of one order, and what they change of it.
 *
 * @param stocked whether anything in it lies in a warehouse
 * @param deliveredAt business time, or null before
 * @param version 1 when placed, one more with each change
 */
record OrderState(
    int merchant,
    UUID order,
    UUID run,
    String customer,
    Money total,
    boolean stocked,
    Status status,
    Instant deliveredAt,
    String carrier,
    String tracking,
    String refusalCode,
    String refusalMessage,
    long version) {

  OrderKey key() {
    return new OrderKey(merchant, order);
  }

  /** The aggregate's name in events. */
  String aggregate() {
    return order.toString();
  }

  Changed changed() {
    return new Changed(order, version, status);
  }

  OrderState to(Status next) {
    return next(next, deliveredAt, carrier, tracking, refusalCode, refusalMessage);
  }

  OrderState shipped(String by, String number) {
    return next(Status.SHIPPED, deliveredAt, by, number, refusalCode, refusalMessage);
  }

  OrderState delivered(Instant at) {
    return next(Status.DELIVERED, at, carrier, tracking, refusalCode, refusalMessage);
  }

  OrderState refused(String code, String message) {
    return next(Status.REFUSED, deliveredAt, carrier, tracking, code, message);
  }

  private OrderState next(
      Status next, Instant at, String by, String number, String code, String message) {
    return new OrderState(
        merchant,
        order,
        run,
        customer,
        total,
        stocked,
        next,
        at,
        by,
        number,
        code,
        message,
        version + 1);
  }
}
