package dev.holdfast.commerce.transport;

import dev.holdfast.commerce.shared.Money;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Event;
import dev.holdfast.kernel.Query;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What may be said to the transport agent, and what it says. An order has one shipment, its id. */
public interface TransportProtocol {

  /** Commands to the transport agent. */
  sealed interface TransportCommand<R> extends Command<R> {}

  /** Commands about one order's shipment. */
  sealed interface AboutShipment<R> extends TransportCommand<R> {
    UUID order();

    @Override
    default String parkingKey() {
      return order().toString();
    }
  }

  /**
   * Choose a carrier and have it make a label. Refused with {@code no_carrier} (conflict) when none
   * goes there or none makes a label.
   *
   * @param run the order's run, told {@code delivered} when the carrier says so
   * @param country of destination, or null where it is not known
   * @param grams 1 or more
   */
  record CreateShipment(int merchant, UUID order, UUID run, String country, long grams)
      implements AboutShipment<ShipmentCreated> {}

  /**
   * A label is there.
   *
   * @param cost in the home currency
   * @param alternatives the carriers that came next, best first
   */
  record ShipmentCreated(
      UUID order, String carrier, String tracking, Money cost, List<String> alternatives) {
    public ShipmentCreated {
      alternatives = List.copyOf(alternatives);
    }
  }

  /**
   * Undo of {@link CreateShipment}: the carrier takes the label back. Done as well when there is
   * none; refused with {@code already_handed_over} (conflict).
   */
  record CancelShipment(int merchant, UUID order) implements AboutShipment<ShipmentCancelled> {}

  /** No parcel will go out for the order. */
  record ShipmentCancelled(UUID order) {}

  /**
   * The goods were handed over: the carrier may collect and deliver. Refused with {@code no_label}
   * or {@code hand_over_refused} (conflict).
   */
  record HandOver(int merchant, UUID order) implements AboutShipment<HandedOver> {}

  /** The carrier has the parcel. */
  record HandedOver(UUID order, Instant at) {}

  /** The carrier told us something by itself. */
  record CarrierNotice(int merchant, UUID order, String tracking, State state, Instant at)
      implements AboutShipment<NoticeTaken> {}

  /** The notice is taken; whether it told something new. */
  record NoticeTaken(boolean news) {}

  /** Have the carriers take back the labels of an order that must not stay valid. */
  record Reconcile(int merchant, UUID order) implements AboutShipment<Reconciled> {}

  /**
   * What became of them.
   *
   * @param settled how many are done with
   */
  record Reconciled(UUID order, int settled) {}

  /** The body of the signal {@code delivered}. */
  record Delivered(UUID order, Instant at) {}

  /** Where a shipment stands. */
  enum State {
    PENDING,
    CREATED,
    PICKED_UP,
    IN_TRANSIT,
    OUT_FOR_DELIVERY,
    DELIVERED,
    CANCELLED
  }

  /** Questions to the transport agent. */
  sealed interface TransportQuery<R> extends Query<R> {}

  /** One shipment; refused as {@code unknown_shipment} when there is none. */
  record ShipmentOf(int merchant, UUID order) implements TransportQuery<Shipment> {}

  /** What the carriers would take, best score first. */
  record Quotes(int merchant, String country, long grams) implements TransportQuery<QuoteList> {}

  /** A shipment as others see it. */
  record Shipment(
      UUID order,
      State state,
      String carrier,
      String tracking,
      Money cost,
      Instant createdAt,
      Instant deliveredAt,
      long version) {}

  /**
   * An offer.
   *
   * @param score 0 to 100: 60 % on-time, 40 % price
   */
  record Quote(String carrier, String service, Money price, int days, int onTime, double score) {}

  /** What the carriers would take for a parcel. */
  record QuoteList(List<Quote> quotes) {
    public QuoteList {
      quotes = List.copyOf(quotes);
    }
  }

  /** An order's parcel has its label. */
  record ShipmentLabelled(
      int merchant, String aggregate, long version, String carrier, String tracking)
      implements Event {}

  /** An order's parcel is with the customer. */
  record ShipmentDelivered(int merchant, String aggregate, long version, Instant at)
      implements Event {}

  /** An order's parcel does not go out. */
  record ShipmentWithdrawn(int merchant, String aggregate, long version) implements Event {}
}
