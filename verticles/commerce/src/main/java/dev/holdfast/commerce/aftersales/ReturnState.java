package dev.holdfast.commerce.aftersales;

import dev.holdfast.commerce.aftersales.AftersalesProtocol.Condition;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnChanged;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnReason;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Status;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Terms;
import dev.holdfast.commerce.shared.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * What the decisions need to know of one return, and what they change of it.
 *
 * @param asked what the return's lines come to
 * @param refund after fees; what is asked for until it was judged
 * @param deliveredAt of the oldest order it claims from, once it was judged
 * @param version 1 when opened, one more with each change
 */
record ReturnState(
    int merchant,
    UUID returnId,
    UUID run,
    ReturnReason reason,
    Terms terms,
    Instant requestedAt,
    Money asked,
    Status status,
    Money refund,
    Instant deliveredAt,
    Condition condition,
    String inspectedBy,
    Boolean restocked,
    String refusalCode,
    String refusalMessage,
    long version) {

  /** The aggregate's name in events. */
  String aggregate() {
    return returnId.toString();
  }

  ReturnChanged changed() {
    return new ReturnChanged(returnId, version, status);
  }

  ReturnState approved(Money afterFees, Instant delivered) {
    return next(
        Status.APPROVED,
        afterFees,
        delivered,
        condition,
        inspectedBy,
        restocked,
        refusalCode,
        refusalMessage);
  }

  ReturnState inspected(Condition found, String by) {
    return next(
        Status.INSPECTED, refund, deliveredAt, found, by, restocked, refusalCode, refusalMessage);
  }

  ReturnState refunded(boolean backInStock) {
    return next(
        Status.REFUNDED,
        refund,
        deliveredAt,
        condition,
        inspectedBy,
        backInStock,
        refusalCode,
        refusalMessage);
  }

  ReturnState refused(String code, String message) {
    return next(
        Status.REFUSED, refund, deliveredAt, condition, inspectedBy, restocked, code, message);
  }

  private ReturnState next(
      Status next,
      Money newRefund,
      Instant delivered,
      Condition found,
      String by,
      Boolean backInStock,
      String code,
      String message) {
    return new ReturnState(
        merchant,
        returnId,
        run,
        reason,
        terms,
        requestedAt,
        asked,
        next,
        newRefund,
        delivered,
        found,
        by,
        backInStock,
        code,
        message,
        version + 1);
  }
}
