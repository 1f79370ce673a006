package dev.holdfast.commerce.aftersales;

import dev.holdfast.commerce.shared.Money;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Event;
import dev.holdfast.kernel.Query;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What may be said to the aftersales agent, and what it says. */
public interface AftersalesProtocol {

  /** Commands to the aftersales agent. */
  sealed interface AftersalesCommand<R> extends Command<R> {}

  /** Commands about one return that is there. */
  sealed interface AboutReturn<R> extends AftersalesCommand<R> {
    UUID returnId();

    @Override
    default String parkingKey() {
      return returnId().toString();
    }
  }

  /**
   * Open a return and start its run. The return's id is the command's id. Refused with {@code
   * already_recorded} (conflict) as an order is.
   *
   * @param source where it comes from, or null
   * @param externalNumber its number there; unique for ever with merchant and source, or null
   * @param customer or null for a guest
   * @param order what is returned from, or null for any of the customer's orders
   * @param lines 1 to 2,000
   * @param requestedAt document time
   * @param terms by which rules it is judged
   */
  record RequestReturn(
      int merchant,
      String source,
      String externalNumber,
      String customer,
      UUID order,
      List<ReturnLine> lines,
      String currency,
      ReturnReason reason,
      Instant requestedAt,
      Terms terms)
      implements AftersalesCommand<ReturnOpened> {
    public RequestReturn {
      lines = List.copyOf(lines);
    }

    @Override
    public String parkingKey() {
      return source == null || externalNumber == null ? null : source + "/" + externalNumber;
    }

    @Override
    public int rows() {
      return lines.size();
    }
  }

  /**
   * What comes back.
   *
   * @param units 1 or more
   * @param unitPrice what is refunded for one, in the major unit
   */
  record ReturnLine(String sku, long units, BigDecimal unitPrice) {}

  enum ReturnReason {
    CHANGED_MIND,
    BETTER_PRICE,
    PRODUCT_DEFECT,
    NOT_AS_DESCRIBED,
    DAMAGED_IN_SHIPPING,
    WRONG_ITEM,
    OTHER
  }

  /** Whose rules a return is judged by. */
  enum Terms {
    /** Window by reason, return carriage where due, inspection before the refund. */
    POLICY,
    /** As the merchant's own books have it: no window, no fee, goods like new. */
    AS_RECORDED
  }

  record ReturnOpened(UUID returnId, String rma, UUID run, Money refund) {}

  /**
   * The claim is judged by the policy. Refused with {@code outside_window} (conflict).
   *
   * @param deliveredAt of the oldest order it claims from
   */
  record Judge(int merchant, UUID returnId, Instant deliveredAt) implements AboutReturn<Judged> {}

  /**
   * May come back.
   *
   * @param refund after fees
   * @param inspect whether the goods must be inspected first
   */
  record Judged(UUID returnId, Money refund, boolean inspect) {}

  /**
   * The goods arrived and were looked at; the return's run is told {@code inspected}. Refused with
   * {@code not_awaited} (conflict), {@code unknown_return} (not found).
   */
  record Inspect(int merchant, UUID returnId, Condition condition, String by)
      implements AboutReturn<Inspected> {}

  enum Condition {
    LIKE_NEW,
    USED,
    DAMAGED,
    DEFECTIVE
  }

  /** Also the signal's body. */
  record Inspected(UUID returnId, Condition condition) {}

  /** The money went back. */
  record Complete(int merchant, UUID returnId, boolean restocked)
      implements AboutReturn<ReturnChanged> {}

  /** It is not accepted. Done as well when it is closed already. */
  record RefuseReturn(int merchant, UUID returnId, String code, String message)
      implements AboutReturn<ReturnChanged> {}

  record ReturnChanged(UUID returnId, long version, Status status) {}

  enum Status {
    OPEN,
    APPROVED,
    INSPECTED,
    REFUNDED,
    REFUSED
  }

  /** Questions to the aftersales agent. */
  sealed interface AftersalesQuery<R> extends Query<R> {}

  /** One return; refused as {@code unknown_return} when there is none. */
  record ReturnById(int merchant, UUID returnId) implements AftersalesQuery<Return> {}

  /** One return by its number elsewhere; refused as {@code unknown_return} when there is none. */
  record ReturnByNumber(int merchant, String source, String externalNumber)
      implements AftersalesQuery<Return> {}

  record ReturnPage(int merchant, String customer, Instant beforeAt, UUID beforeReturn, int limit)
      implements AftersalesQuery<Returns> {}

  record Return(
      UUID returnId,
      String rma,
      String source,
      String externalNumber,
      String customer,
      UUID order,
      Status status,
      String refusalCode,
      String refusalMessage,
      ReturnReason reason,
      Money refund,
      Instant requestedAt,
      UUID run,
      long version,
      List<ReturnLine> lines) {
    public Return {
      lines = List.copyOf(lines);
    }
  }

  record Returns(List<Return> returns) {
    public Returns {
      returns = List.copyOf(returns);
    }
  }

  record ReturnRequested(int merchant, String aggregate, long version, long refundMinor)
      implements Event {}

  record ReturnRefused(int merchant, String aggregate, long version, String code)
      implements Event {}

  record ReturnRefunded(
      int merchant, String aggregate, long version, long refundMinor, String currency)
      implements Event {}
}
