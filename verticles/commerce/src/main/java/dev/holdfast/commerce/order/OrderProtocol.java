package dev.holdfast.commerce.order;

import dev.holdfast.commerce.shared.Address;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Event;
import dev.holdfast.kernel.Query;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What may be said to the order agent, and what it says. */
public interface OrderProtocol {

  /** Commands to the order agent. */
  sealed interface OrderCommand<R> extends Command<R> {}

  /**
   * Enter an order and start its run. The order's id is the command's id. Refused with {@code
   * already_recorded} (conflict) when the same external number of the same source is there under
   * another command, naming the order; with {@code invalid_<field>} (invalid) when a field is
   * outside its limits. An order may total 0; then there is nothing to pay.
   *
   * @param source where the order comes from, at most 64 characters, or null
   * @param externalNumber its number there, at most 64 characters; unique for ever with merchant
   *     and source, or null; needs a source
   * @param customer the merchant's number for the customer, at most 64 characters, or null for a
   *     guest
   * @param email of a guest or customer, at most 254 characters, or null; personal data
   * @param placedAt document time
   * @param currency ISO 4217
   * @param lines 1 to 2,000
   * @param billing who pays, or null where nothing is known
   * @param shipping where it goes, or null where nothing is known
   * @param paymentMethod the provider's token, never a card number; 1 to 255 characters
   * @param ipReputation what the shop knows of the caller's address; null is unknown
   */
  record Place(
      int merchant,
      String source,
      String externalNumber,
      String customer,
      String email,
      Instant placedAt,
      String currency,
      List<Line> lines,
      Address billing,
      Address shipping,
      String paymentMethod,
      IpReputation ipReputation)
      implements OrderCommand<Placed> {
    public Place {
      lines = List.copyOf(lines);
    }

    @Override
    public String parkingKey() {
      return parkingKey(source, externalNumber);
    }

    private static String parkingKey(String source, String externalNumber) {
      return source == null || externalNumber == null ? null : source + "/" + externalNumber;
    }

    @Override
    public int rows() {
      return lines.size();
    }
  }

  /**
   * Record under the id of an order's {@link Place} that it is refused, unless that was executed:
   * then its reply stands. Always refused, with the code it names.
   *
   * @param source as in the order, or null
   * @param externalNumber as in the order, or null
   */
  record RefusePlacing(
      int merchant, String source, String externalNumber, String code, String message)
      implements OrderCommand<Placed> {
    @Override
    public String parkingKey() {
      return Place.parkingKey(source, externalNumber);
    }
  }

  /**
   * A line of an order.
   *
   * @param sku 1 to 64 characters
   * @param description at most 1,000 characters, or null
   * @param quantity 1 to 1,000,000
   * @param unitPrice in the major unit, 0 to 1,000,000, at most 4 decimals
   */
  record Line(String sku, String description, long quantity, BigDecimal unitPrice) {}

  /** What a shop knows of the address that an order came from. */
  enum IpReputation {
    UNKNOWN,
    GOOD,
    BAD
  }

  /** The order is entered and its run started. */
  record Placed(UUID order, UUID run, Money total) {}

  /** Payment and stock are there: the order stands. */
  record Confirm(int merchant, UUID order) implements AboutOrder<Changed> {}

  /** The order waits for a person's review. */
  record Hold(int merchant, UUID order, String reason) implements AboutOrder<Changed> {}

  /** The order will not be carried out. Done as well when it is closed already. */
  record Refuse(int merchant, UUID order, String code, String message)
      implements AboutOrder<Changed> {}

  /** The goods left the house. The order must have been confirmed. */
  record MarkShipped(int merchant, UUID order, String carrier, String tracking)
      implements AboutOrder<Changed> {}

  /**
   * The goods are there, or, with nothing to ship, the order is paid.
   *
   * @param deliveredAt business time; null for the time of the command
   */
  record MarkDelivered(int merchant, UUID order, Instant deliveredAt)
      implements AboutOrder<Changed> {}

  /**
   * The customer or merchant wants it undone. Refused with {@code not_cancellable} (conflict) once
   * it shipped or is closed, {@code version_changed} (conflict), {@code unknown_order} (not found).
   * The order's run turns back; the status changes when it has.
   */
  record Cancel(int merchant, UUID order, String reason, Long expectedVersion)
      implements AboutOrder<Changed> {}

  /** The body of the signal {@code cancel}. */
  record CancelRequested(UUID order, String reason) {}

  /**
   * Commands about one order that is there. Refused with {@code unknown_order} (not found), and
   * with {@code wrong_status} (conflict) when the order's status does not allow the change; a
   * change that was made already is done again without a new version.
   */
  sealed interface AboutOrder<R> extends OrderCommand<R> {
    UUID order();

    @Override
    default String parkingKey() {
      return order().toString();
    }
  }

  /** The order as the change left it. */
  record Changed(UUID order, long version, Status status) {}

  /** Where an order stands; see the order's rules for what leads where. */
  enum Status {
    PLACED,
    HELD,
    CONFIRMED,
    SHIPPED,
    DELIVERED,
    REFUSED
  }

  /** Commands about what a return claims. */
  sealed interface AboutClaim<R> extends OrderCommand<R> {
    UUID returnId();

    @Override
    default String parkingKey() {
      return returnId().toString();
    }
  }

  /**
   * Take delivered units as returned, oldest order first, all or none. Units of services count like
   * those of goods. Refused with {@code unknown_purchase} (conflict) when a code lacks delivered
   * units not yet returned. Claimed again under the same return: the same answer.
   *
   * @param returnId names the claim
   * @param customer whose orders are searched; null is a guest, who has none but the order named
   * @param order only this order, which must be the customer's, or null for any of the customer's
   * @param boughtUntil orders placed later (document time) do not count; null for no limit
   * @param lines 1 to 2,000; units of a code are summed
   */
  record ClaimUnits(
      int merchant,
      UUID returnId,
      String customer,
      UUID order,
      Instant boughtUntil,
      List<Units> lines)
      implements AboutClaim<Claimed> {
    public ClaimUnits {
      lines = List.copyOf(lines);
    }
  }

  /**
   * What was taken, oldest order first.
   *
   * @param deliveredAt of the oldest of them
   */
  record Claimed(UUID returnId, List<Claim> claims, Instant deliveredAt) {
    public Claimed {
      claims = List.copyOf(claims);
    }
  }

  /** Units of one line of an order. */
  record Claim(UUID order, int line, String sku, long units) {}

  /** The claimed units count as delivered again. Done as well when nothing is claimed. */
  record ReleaseUnits(int merchant, UUID returnId) implements AboutClaim<UnitsReleased> {}

  /** Units that count as delivered again. */
  record UnitsReleased(UUID returnId, long units) {}

  /** Delete what names a customer about his orders; the orders themselves stay. */
  record ForgetContact(int merchant, String customer) implements OrderCommand<Forgotten> {
    @Override
    public String parkingKey() {
      return "customer/" + customer;
    }
  }

  /** Nothing names the customer any more. */
  record Forgotten(String customer) {}

  /**
   * Keep that a document from elsewhere was refused, because a row of it cannot be read. Recorded
   * again under the same number: nothing changes. Refused with {@code invalid_<field>} (invalid).
   *
   * @param source where it comes from, 1 to 64 characters
   * @param externalNumber its number there, at most 64 characters, or null where that cannot be
   *     read
   * @param file where it stands, 1 to 255 characters
   * @param line of the row in the file, 1 or more
   * @param reason what is wrong with it, 1 to 500 characters
   */
  record RecordUnreadable(
      int merchant, String source, String externalNumber, String file, long line, String reason)
      implements OrderCommand<UnreadableRecorded> {
    @Override
    public String parkingKey() {
      return null;
    }
  }

  /** It is kept. */
  record UnreadableRecorded(UUID document) {}

  /** Questions to the order agent. */
  sealed interface OrderQuery<R> extends Query<R> {}

  /** One order; refused as {@code unknown_order} when there is none. */
  record OrderById(int merchant, UUID order) implements OrderQuery<Order> {}

  /** One order by its number elsewhere; refused as {@code unknown_order} when there is none. */
  record OrderByNumber(int merchant, String source, String externalNumber)
      implements OrderQuery<Order> {}

  /**
   * Orders, latest placed first.
   *
   * @param customer only this customer's, or null
   * @param status only of this status, or null
   * @param beforeAt with {@code beforeOrder} the last row of the page before, or null for the first
   */
  record OrderPage(
      int merchant, String customer, Status status, Instant beforeAt, UUID beforeOrder, int limit)
      implements OrderQuery<Orders> {}

  /** An order as others see it; its lines only where one order was asked for. */
  record Order(
      UUID order,
      String source,
      String externalNumber,
      String customer,
      Status status,
      String refusalCode,
      String refusalMessage,
      Instant placedAt,
      Instant deliveredAt,
      Money total,
      String carrier,
      String tracking,
      UUID run,
      long version,
      List<OrderLine> lines) {
    public Order {
      lines = List.copyOf(lines);
    }
  }

  /**
   * A line of an order.
   *
   * @param unitPrice in the major unit
   * @param returnedUnits units that returns have claimed
   */
  record OrderLine(
      int line,
      String sku,
      String description,
      long quantity,
      BigDecimal unitPrice,
      long amountMinor,
      long returnedUnits) {}

  /** A page of orders; their lines are left out. */
  record Orders(List<Order> orders) {
    public Orders {
      orders = List.copyOf(orders);
    }
  }

  /** An order was entered. */
  record OrderPlaced(
      int merchant,
      String aggregate,
      long version,
      String customer,
      long totalMinor,
      String currency,
      int lines,
      Instant placedAt)
      implements Event {}

  /** An order waits for a person. */
  record OrderHeld(int merchant, String aggregate, long version, String reason) implements Event {}

  /** An order stands. */
  record OrderConfirmed(int merchant, String aggregate, long version) implements Event {}

  /** An order will not be carried out. */
  record OrderRefused(int merchant, String aggregate, long version, String code) implements Event {}

  /** An order's goods left the house. */
  record OrderShipped(int merchant, String aggregate, long version, String tracking)
      implements Event {}

  /** An order is with the customer. */
  record OrderDelivered(
      int merchant,
      String aggregate,
      long version,
      String customer,
      long totalMinor,
      String currency,
      Instant deliveredAt)
      implements Event {}
}
