package dev.holdfast.commerce.transport;

import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.commerce.partners.CarrierGateway.CancelAnswer;
import dev.holdfast.commerce.transport.Shipments.Stray;
import dev.holdfast.commerce.transport.TransportCall.AskTakeBack;
import dev.holdfast.commerce.transport.TransportCall.TakenBack;
import dev.holdfast.commerce.transport.TransportProtocol.CancelShipment;
import dev.holdfast.commerce.transport.TransportProtocol.Reconcile;
import dev.holdfast.commerce.transport.TransportProtocol.Reconciled;
import dev.holdfast.commerce.transport.TransportProtocol.ShipmentCancelled;
import dev.holdfast.commerce.transport.TransportProtocol.ShipmentWithdrawn;
import dev.holdfast.commerce.transport.TransportProtocol.State;
import dev.holdfast.kernel.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decisions about labels that are not wanted any more. */
final class WithdrawalRules {
  private final TransportSettings settings;

  WithdrawalRules(TransportSettings settings) {
    this.settings = settings;
  }

  /** See {@link CancelShipment}. */
  Decision cancel(Shipments work, Entry<?> entry, CancelShipment command) {
    Decision done = Decision.done(new ShipmentCancelled(command.order()));
    Optional<ShipmentRow> known =
        work.find(command.merchant(), command.order())
            .filter(shipment -> isMeant(shipment, entry))
            .filter(shipment -> shipment.state != State.CANCELLED);
    if (known.isEmpty()) {
      return done;
    }
    ShipmentRow shipment = known.get();
    Optional<TakenBack> takenBack = entry.answer(TakenBack.class);
    if (takenBack.isPresent()) {
      return settle(work, shipment, takenBack.get(), entry.now(), done);
    }
    if (shipment.handedOverAt != null || shipment.state.compareTo(State.CREATED) > 0) {
      return Decision.rejected(handedOver());
    }
    shipment.turningBack = true;
    shipment.changed = true;
    return Decision.outside(new AskTakeBack(keys(shipment), entry.now()));
  }

  private static boolean isMeant(ShipmentRow shipment, Entry<?> entry) {
    return entry.undoes().map(id -> id.value().equals(shipment.askedBy)).orElse(true);
  }

  /** Without a label yet, any of the carriers may have made one. */
  private static List<LabelKey> keys(ShipmentRow shipment) {
    return shipment.tracking == null
        ? shipment.keys(shipment.choices.size())
        : List.of(shipment.key(shipment.choice));
  }

  private Decision settle(
      Shipments work, ShipmentRow shipment, TakenBack answers, Instant now, Decision done) {
    if (answers.answers().containsValue(CancelAnswer.TOO_LATE)) {
      shipment.turningBack = false;
      shipment.changed = true;
      return Decision.rejected(handedOver());
    }
    answers
        .answers()
        .forEach(
            (key, answer) -> {
              if (answer == CancelAnswer.NOT_FOUND) {
                work.stray(key, now.plus(settings.watchEvery()), now.plus(settings.watchFor()));
              }
            });
    boolean told = shipment.tracking != null;
    shipment.state = State.CANCELLED;
    shipment.turningBack = false;
    shipment.changed = true;
    return told
        ? done.tell(new ShipmentWithdrawn(shipment.merchant, shipment.aggregate(), shipment.next()))
        : done;
  }

  private static Refusal handedOver() {
    return Refusal.conflict("already_handed_over", "The carrier has the parcel already.");
  }

  /** See {@link Reconcile}. */
  Decision reconcile(Shipments work, Entry<?> entry, Reconcile command) {
    List<Stray> strays = new ArrayList<>();
    for (Stray stray : work.strays()) {
      if (stray.key.merchant() == command.merchant() && stray.key.order().equals(command.order())) {
        strays.add(stray);
      }
    }
    Optional<TakenBack> takenBack = entry.answer(TakenBack.class);
    if (takenBack.isEmpty() && !strays.isEmpty()) {
      List<LabelKey> keys = strays.stream().map(stray -> stray.key).toList();
      return Decision.outside(new AskTakeBack(keys, entry.now()));
    }
    int settled = 0;
    if (takenBack.isPresent()) {
      for (Stray stray : strays) {
        settled += settle(stray, takenBack.get(), entry.now()) ? 1 : 0;
      }
    }
    return Decision.done(new Reconciled(command.order(), settled));
  }

  /** What is not found may still arrive, until the watch is over. */
  private boolean settle(Stray stray, TakenBack answers, Instant now) {
    CancelAnswer answer = answers.answers().get(stray.key);
    if (answer == null) {
      return false;
    }
    if (answer == CancelAnswer.NOT_FOUND && !answers.at().isAfter(stray.watchUntil)) {
      stray.checkAt = now.plus(settings.watchEvery());
      stray.changed = true;
      return false;
    }
    stray.gone = true;
    return true;
  }
}
