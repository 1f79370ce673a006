package dev.holdfast.commerce.aftersales;

import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.shared.Units;
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

  /**
   * Commands about one return that is there. Refused with {@code unknown_return} (not found), and
   * with {@code wrong_status} (conflict) when the return's status does not allow the change; a
   * change that was made already is done again without a new version.
   */
  sealed interface AboutReturn<R> extends AftersalesCommand<R> {
    UUID returnId();

    @Override
    default String parkingKey() {
      return returnId().toString();
    }
  }

  /**
   * Open a return and start its run. The return's id is the command's id. Refused with {@code
   * already_recorded} (conflict) when the same external number of the same source is there under
   * another command, naming the return; with {@code invalid_<field>} (invalid) when a field is
   * outside its limits. Whether it was ever bought is not asked here but by the run.
   *
   * @param source where it comes from, at most 64 characters, or null
   * @param externalNumber its number there, at most 64 characters; unique for ever with merchant
   *     and source, or null; needs a source
   * @param customer at most 64 characters, or null for a guest
   * @param order what is returned from, or null for any of the customer's orders
   * @param lines 1 to 2,000
   * @param currency ISO 4217
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
   * @param units 1 to 1,000,000
   * @param unitPrice what is refunded for one, in the major unit, 0 to 1,000,000, at most 4
   *     decimals
   */
  record ReturnLine(String sku, long units, BigDecimal unitPrice) {}

  /** Why goods come back; it decides the window and who pays the way. */
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

  /**
   * A return is open.
   *
   * @param rma its number for people, {@code RMA-<yyyyMMdd>-<suffix>}
   * @param refund what is asked for, before fees
   */
  record ReturnOpened(UUID returnId, String rma, UUID run, Money refund) {}

  /**
   * The input of a return's run: all that its steps need to know, so that none of them has to ask.
   *
   * @param run the run's own id
   * @param customer or null for a guest
   * @param order what is returned from, or null for any of the customer's orders
   * @param lines units of each code, summed, in the order in which the codes come first
   * @param refund what is asked for, before fees
   * @param requestedAt document time; orders placed later do not count
   */
  record Takeback(
      int merchant,
      UUID returnId,
      UUID run,
      String customer,
      UUID order,
      List<Units> lines,
      Money refund,
      Instant requestedAt,
      Terms terms) {
    public Takeback {
      lines = List.copyOf(lines);
    }
  }

  /**
   * The claim is judged by the policy. Refused with {@code outside_window} (conflict) when the
   * return was requested later than the reason allows: 90 days after delivery for a defect or
   * damage in shipping, else 30.
   *
   * @param deliveredAt of the oldest order it claims from; may be null under {@link
   *     Terms#AS_RECORDED}
   */
  record Judge(int merchant, UUID returnId, Instant deliveredAt) implements AboutReturn<Judged> {}

  /**
   * May come back.
   *
   * @param refund after fees; return carriage is free for a defect, damage, a wrong item or one not
   *     as described, else 5.00, and never makes the refund negative
   * @param inspect whether the goods must be inspected first
   */
  record Judged(UUID returnId, Money refund, boolean inspect) {}

  /**
   * The goods arrived and were looked at; the return's run is told {@code inspected}. Refused with
   * {@code not_awaited} (conflict), {@code unknown_return} (not found).
   */
  record Inspect(int merchant, UUID returnId, Condition condition, String by)
      implements AboutReturn<Inspected> {}

  /** How returned goods were found. */
  enum Condition {
    LIKE_NEW,
    USED,
    DAMAGED,
    DEFECTIVE
  }

  /** Also the signal's body. */
  record Inspected(UUID returnId, Condition condition) {}

  /** The money went back. Under {@link Terms#POLICY} the goods must have been inspected. */
  record Complete(int merchant, UUID returnId, boolean restocked)
      implements AboutReturn<ReturnChanged> {}

  /** It is not accepted. Done as well when it is closed already. */
  record RefuseReturn(int merchant, UUID returnId, String code, String message)
      implements AboutReturn<ReturnChanged> {}

  /** The return as the change left it. */
  record ReturnChanged(UUID returnId, long version, Status status) {}

  /** Where a return stands. */
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

  /** One return by its RMA number; refused as {@code unknown_return} when there is none. */
  record ReturnByRma(int merchant, String rma) implements AftersalesQuery<Return> {}

  /**
   * Returns, latest requested first; at most 100.
   *
   * @param customer only this customer's, or null
   * @param beforeAt with {@code beforeReturn} the last row of the page before, or null for the
   *     first
   */
  record ReturnPage(int merchant, String customer, Instant beforeAt, UUID beforeReturn, int limit)
      implements AftersalesQuery<Returns> {}

  /**
   * A return.
   *
   * @param refund what is refunded after fees, once it was judged; before, what is asked for
   * @param condition of the goods, or null when they were not inspected
   */
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
      Condition condition,
      Instant requestedAt,
      UUID run,
      long version,
      List<ReturnLine> lines) {
    public Return {
      lines = List.copyOf(lines);
    }
  }

  /** A page of returns; their lines are left out. */
  record Returns(List<Return> returns) {
    public Returns {
      returns = List.copyOf(returns);
    }
  }

  /** A return was opened. */
  record ReturnRequested(int merchant, String aggregate, long version, long refundMinor)
      implements Event {}

  /** A return may come back. */
  record ReturnApproved(int merchant, String aggregate, long version, long refundMinor)
      implements Event {}

  /** Returned goods were looked at. */
  record ReturnInspected(int merchant, String aggregate, long version, Condition condition)
      implements Event {}

  /** A return is not accepted. */
  record ReturnRefused(int merchant, String aggregate, long version, String code)
      implements Event {}

  /** A return is paid back. */
  record ReturnRefunded(
      int merchant, String aggregate, long version, long refundMinor, String currency)
      implements Event {}
}
