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
    return new ReturnState(
        merchant,
        returnId,
        run,
        reason,
        terms,
        requestedAt,
        asked,
        Status.APPROVED,
        afterFees,
        delivered,
        condition,
        inspectedBy,
        restocked,
        refusalCode,
        refusalMessage,
        version + 1);
  }

  ReturnState inspected(Condition found, String by) {
    return new ReturnState(
        merchant,
        returnId,
        run,
        reason,
        terms,
        requestedAt,
        asked,
        Status.INSPECTED,
        refund,
        deliveredAt,
        found,
        by,
        restocked,
        refusalCode,
        refusalMessage,
        version + 1);
  }

  ReturnState refunded(boolean backInStock) {
    return new ReturnState(
        merchant,
        returnId,
        run,
        reason,
        terms,
        requestedAt,
        asked,
        Status.REFUNDED,
        refund,
        deliveredAt,
        condition,
        inspectedBy,
        backInStock,
        refusalCode,
        refusalMessage,
        version + 1);
  }

  ReturnState refused(String code, String message) {
    return new ReturnState(
        merchant,
        returnId,
        run,
        reason,
        terms,
        requestedAt,
        asked,
        Status.REFUSED,
        refund,
        deliveredAt,
        condition,
        inspectedBy,
        restocked,
        code,
        message,
        version + 1);
  }
}
