package dev.holdfast.commerce.transport;

import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.agent.RunSignal;
import dev.holdfast.commerce.partners.CarrierGateway.HandOverAnswer;
import dev.holdfast.commerce.partners.CarrierGateway.NotTaken;
import dev.holdfast.commerce.partners.CarrierGateway.Taken;
import dev.holdfast.commerce.transport.TransportCall.AskHandOver;
import dev.holdfast.commerce.transport.TransportCall.AskLabel;
import dev.holdfast.commerce.transport.TransportCall.AskLater;
import dev.holdfast.commerce.transport.TransportCall.Labelling;
import dev.holdfast.commerce.transport.TransportCall.Made;
import dev.holdfast.commerce.transport.TransportCall.NotYet;
import dev.holdfast.commerce.transport.TransportCall.RefusedByAll;
import dev.holdfast.commerce.transport.TransportProtocol.CarrierNotice;
import dev.holdfast.commerce.transport.TransportProtocol.CreateShipment;
import dev.holdfast.commerce.transport.TransportProtocol.Delivered;
import dev.holdfast.commerce.transport.TransportProtocol.HandOver;
import dev.holdfast.commerce.transport.TransportProtocol.HandedOver;
import dev.holdfast.commerce.transport.TransportProtocol.NoticeTaken;
import dev.holdfast.commerce.transport.TransportProtocol.Quote;
import dev.holdfast.commerce.transport.TransportProtocol.ShipmentCreated;
import dev.holdfast.commerce.transport.TransportProtocol.ShipmentDelivered;
import dev.holdfast.commerce.transport.TransportProtocol.ShipmentLabelled;
import dev.holdfast.commerce.transport.TransportProtocol.State;
import dev.holdfast.kernel.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Decisions about one order's shipment: its label, its handing over, its delivery. */
final class TransportRules {
  private static final int CHOICES = 4;

  private final CarrierBook book;
  private final TransportSettings settings;

  TransportRules(CarrierBook book, TransportSettings settings) {
    this.book = book;
    this.settings = settings;
  }

  /** See {@link CreateShipment}. */
  Decision create(Shipments work, Entry<?> entry, CreateShipment command) {
    Optional<ShipmentRow> known = work.find(command.merchant(), command.order());
    UUID id = entry.id().value();
    if (known.isEmpty()) {
      return begin(work, entry, command);
    }
    ShipmentRow shipment = known.get();
    if (!shipment.askedBy.equals(id)) {
      return Decision.rejected(
          Refusal.conflict("already_shipped", "The order has a shipment already."));
    }
    Optional<Labelling> labelling = entry.answer(Labelling.class);
    if (labelling.isPresent()) {
      return settle(work, shipment, labelling.get(), entry.now());
    }
    if (isTakenBack(shipment)) {
      return Decision.rejected(Refusal.voided());
    }
    return shipment.state == State.PENDING
        ? Decision.outside(askLabel(shipment, furtherRound(shipment)))
        : Decision.done(created(shipment));
  }

  private static boolean isTakenBack(ShipmentRow shipment) {
    return shipment.turningBack || shipment.state == State.CANCELLED;
  }

  private Decision begin(Shipments work, Entry<?> entry, CreateShipment command) {
    if (command.grams() < 1) {
      return Decision.rejected(
          Refusal.invalid("weight_not_positive", "A parcel weighs a gram or more."));
    }
    LocalDate on = LocalDate.ofInstant(entry.now(), ZoneOffset.UTC);
    List<Quote> quotes = book.quotes(command.country(), command.grams(), on);
    if (quotes.isEmpty()) {
      return Decision.rejected(noCarrier("No carrier goes there."));
    }
    ShipmentRow shipment = new ShipmentRow(command.merchant(), command.order(), true);
    shipment.run = command.run();
    shipment.askedBy = entry.id().value();
    shipment.state = State.PENDING;
    shipment.country = command.country();
    shipment.grams = command.grams();
    shipment.choices = quotes.stream().limit(CHOICES).map(Choice::of).toList();
    shipment.costMinor = quotes.get(0).price().minor();
    shipment.costCurrency = quotes.get(0).price().currency();
    shipment.createdAt = entry.now();
    work.add(shipment);
    return Decision.outside(askLabel(shipment, 0));
  }

  /**
   * The same choice, counted on. How far an earlier ask came may not have been written, so that any
   * of the choices may have made a label whose answer was lost.
   */
  private static int furtherRound(ShipmentRow shipment) {
    int choices = shipment.choices.size();
    return shipment.choice % choices + choices;
  }

  private static AskLabel askLabel(ShipmentRow shipment, int choice) {
    return new AskLabel(
        shipment.keys(shipment.choices.size()),
        shipment.choices,
        choice,
        shipment.tries,
        shipment.country,
        shipment.grams);
  }

  private Decision settle(Shipments work, ShipmentRow shipment, Labelling labelling, Instant now) {
    return switch (labelling) {
      case Made made -> made(work, shipment, made, now);
      case NotYet notYet -> {
        shipment.choice = notYet.choice();
        shipment.tries = notYet.tries();
        shipment.changed = true;
        yield isTakenBack(shipment)
            ? Decision.rejected(Refusal.voided())
            : Decision.outside(new AskLater());
      }
      case RefusedByAll refused -> refusedByAll(shipment, refused);
    };
  }

  private Decision made(Shipments work, ShipmentRow shipment, Made made, Instant now) {
    int which = made.choice() % shipment.choices.size();
    if (isTakenBack(shipment)) {
      work.stray(shipment.key(which), now, now.plus(settings.watchFor()));
      return Decision.rejected(Refusal.voided());
    }
    if (shipment.state != State.PENDING) {
      return Decision.done(created(shipment));
    }
    Choice chosen = shipment.choices.get(which);
    shipment.state = State.CREATED;
    shipment.choice = which;
    shipment.carrier = made.carrier();
    shipment.tracking = made.tracking();
    shipment.costMinor = chosen.priceMinor();
    // Those tried in vain may have made a label whose answer was lost.
    shipment.keys(Math.min(made.choice(), shipment.choices.size())).stream()
        .filter(key -> !key.equals(shipment.key(which)))
        .forEach(key -> work.stray(key, now, now.plus(settings.watchFor())));
    ShipmentLabelled news =
        new ShipmentLabelled(
            shipment.merchant,
            shipment.aggregate(),
            shipment.next(),
            shipment.carrier,
            shipment.tracking);
    return Decision.done(created(shipment)).tell(news);
  }

  private static Decision refusedByAll(ShipmentRow shipment, RefusedByAll refused) {
    if (shipment.state == State.PENDING) {
      shipment.state = State.CANCELLED;
      shipment.changed = true;
    }
    return Decision.rejected(
        noCarrier("Every carrier refused the label: " + refused.lastCode() + "."));
  }

  private static ShipmentCreated created(ShipmentRow shipment) {
    return new ShipmentCreated(
        shipment.order,
        shipment.carrier,
        shipment.tracking,
        shipment.cost(),
        shipment.alternatives());
  }

  /** See {@link HandOver}. */
  Decision handOver(Shipments work, Entry<?> entry, HandOver command) {
    Optional<ShipmentRow> labelled =
        work.find(command.merchant(), command.order())
            .filter(shipment -> shipment.tracking != null && !isTakenBack(shipment));
    if (labelled.isEmpty()) {
      return Decision.rejected(
          Refusal.conflict("no_label", "The order has no shipment with a label."));
    }
    ShipmentRow shipment = labelled.get();
    Optional<HandOverAnswer> answer = entry.answer(HandOverAnswer.class);
    if (shipment.handedOverAt == null && answer.isEmpty()) {
      return Decision.outside(new AskHandOver(shipment.tracking));
    }
    if (shipment.handedOverAt == null) {
      switch (answer.get()) {
        case Taken taken -> {
          shipment.handedOverAt = taken.at();
          shipment.changed = true;
        }
        case NotTaken refused -> {
          return Decision.rejected(
              Refusal.conflict(
                  "hand_over_refused", "The carrier did not take it: " + refused.code() + "."));
        }
      }
    }
    return Decision.done(new HandedOver(shipment.order, shipment.handedOverAt));
  }

  /** See {@link CarrierNotice}. */
  Decision notice(Shipments work, CarrierNotice command) {
    Optional<ShipmentRow> further =
        work.find(command.merchant(), command.order())
            .filter(shipment -> command.tracking().equals(shipment.tracking))
            .filter(shipment -> isFurther(shipment.state, command.state()));
    if (further.isEmpty()) {
      return Decision.done(new NoticeTaken(false));
    }
    ShipmentRow shipment = further.get();
    shipment.state = command.state();
    shipment.changed = true;
    Decision taken = Decision.done(new NoticeTaken(true));
    return command.state() == State.DELIVERED ? delivered(shipment, command.at(), taken) : taken;
  }

  private static Decision delivered(ShipmentRow shipment, Instant at, Decision taken) {
    shipment.deliveredAt = at;
    Delivered body = new Delivered(shipment.order, at);
    return taken
        .tell(new ShipmentDelivered(shipment.merchant, shipment.aggregate(), shipment.next(), at))
        .signal(new RunSignal(shipment.run, "delivered", body));
  }

  /** States go forward only; a notice can't bring a withdrawn shipment back. */
  private static boolean isFurther(State now, State told) {
    return now != State.CANCELLED && told != State.CANCELLED && told.compareTo(now) > 0;
  }

  private static Refusal noCarrier(String message) {
    return Refusal.conflict("no_carrier", message);
  }
}
