package dev.holdfast.commerce.partners;

import dev.holdfast.commerce.partners.CarrierGateway.CancelAnswer;
import dev.holdfast.commerce.partners.CarrierGateway.LabelRefused;
import dev.holdfast.commerce.partners.CarrierGateway.Labelled;
import dev.holdfast.commerce.partners.CarrierGateway.NotTaken;
import dev.holdfast.commerce.partners.CarrierGateway.Notice;
import dev.holdfast.commerce.partners.CarrierGateway.Progress;
import dev.holdfast.commerce.partners.CarrierGateway.Taken;
import dev.holdfast.commerce.partners.ParcelStore.Parcel;
import dev.holdfast.commerce.partners.SimulatedPartner.Result;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One batch of requests on the carriers' books: what it finds, decides and leaves to be written.
 */
final class ParcelBooks {
  private final Map<String, Parcel> byKey = new HashMap<>();
  private final Map<String, Parcel> byTracking = new HashMap<>();

  final Set<Parcel> made = new LinkedHashSet<>();
  final Set<Parcel> changed = new LinkedHashSet<>();
  final Aftermath aftermath;

  /** What the carriers are asked. */
  sealed interface Request {}

  /** A label is to be made; {@code arrivesNow} when it was held up and comes in aftermath.now. */
  record MakeLabel(String key, String carrier, String country, long grams, boolean arrivesNow)
      implements Request {
    MakeLabel asArriving() {
      return new MakeLabel(key, carrier, country, grams, true);
    }
  }

  /** A label is to be taken back. */
  record TakeBack(String key) implements Request {}

  /** A parcel is handed over. */
  record TakeOver(String tracking) implements Request {}

  ParcelBooks(List<Parcel> parcels, Aftermath aftermath) {
    this.aftermath = aftermath;
    parcels.forEach(this::know);
  }

  private void know(Parcel parcel) {
    byKey.put(parcel.key, parcel);
    byTracking.put(parcel.tracking, parcel);
  }

  /** Decides one request as the ones before it left the books. */
  Result<Object> decide(Request request) {
    return switch (request) {
      case MakeLabel label -> make(label);
      case TakeBack label -> takeBack(label.key());
      case TakeOver parcel -> takeOver(parcel.tracking());
    };
  }

  private Result<Object> make(MakeLabel request) {
    if (request.arrivesNow()) {
      aftermath.arrived(request.key());
    }
    Parcel known = byKey.get(request.key());
    if (known != null) {
      return new Result<>(new Labelled(known.label()), null);
    }
    Fault fault = aftermath.met(request.key(), "label", faultOf(request));
    if (fault == Fault.ARRIVES_LATE) {
      aftermath.holdUp(request.key(), request);
      return new Result<>(null, fault);
    }
    if (fault == Fault.LABEL_REFUSED) {
      return new Result<>(new LabelRefused("not_served"), fault);
    }
    if (fault == Fault.LABEL_UNAVAILABLE) {
      return new Result<>(null, fault);
    }
    return new Result<>(new Labelled(label(request).label()), fault);
  }

  private Optional<Fault> faultOf(MakeLabel request) {
    return aftermath.wasHeldUp(request.key(), request.arrivesNow())
        ? Optional.empty()
        : FaultRules.ofLabel(aftermath.settings, request.key());
  }

  private Parcel label(MakeLabel request) {
    String tracking = LabelNumber.of(request.carrier(), request.key());
    Parcel parcel =
        new Parcel(
            0,
            request.key(),
            request.carrier(),
            tracking,
            request.country(),
            request.grams(),
            aftermath.now);
    know(parcel);
    made.add(parcel);
    return parcel;
  }

  private Result<Object> takeBack(String key) {
    Parcel parcel = byKey.get(key);
    if (parcel == null) {
      return new Result<>(CancelAnswer.NOT_FOUND, null);
    }
    if (parcel.cancelled) {
      return new Result<>(CancelAnswer.CANCELLED, null);
    }
    if (parcel.handedOverAt != null) {
      return new Result<>(CancelAnswer.TOO_LATE, null);
    }
    Fault fault = call(key, "cancel");
    parcel.cancelled = true;
    changed.add(parcel);
    return new Result<>(CancelAnswer.CANCELLED, fault);
  }

  private Result<Object> takeOver(String tracking) {
    Parcel parcel = byTracking.get(tracking);
    if (parcel == null) {
      return new Result<>(new NotTaken("unknown_label"), null);
    }
    if (parcel.cancelled) {
      return new Result<>(new NotTaken("label_cancelled"), null);
    }
    if (parcel.handedOverAt != null) {
      return new Result<>(new Taken(parcel.handedOverAt), null);
    }
    Fault fault = call(parcel.key, "hand_over");
    parcel.handedOverAt = aftermath.now;
    changed.add(parcel);
    deliver(parcel);
    return new Result<>(new Taken(aftermath.now), fault);
  }

  /** The fault of a call that takes effect aftermath.now, or null. */
  private Fault call(String key, String operation) {
    return aftermath.met(
        key, operation, FaultRules.ofCarrierCall(aftermath.settings, key, operation));
  }

  private void deliver(Parcel parcel) {
    if (!aftermath.settings.deliveredAfter().isZero()) {
      tell(
          parcel,
          Progress.PICKED_UP,
          aftermath.now.plus(aftermath.settings.deliveredAfter().dividedBy(2)));
    }
    tell(parcel, Progress.DELIVERED, aftermath.now.plus(aftermath.settings.deliveredAfter()));
  }

  private void tell(Parcel parcel, Progress progress, Instant at) {
    String id = progress.name().toLowerCase(Locale.ROOT) + "/" + parcel.key;
    Fault fault = FaultRules.ofNotice(aftermath.settings, id).orElse(null);
    aftermath.tell(id, new Notice(id, parcel.key, parcel.tracking, progress, at), at, fault);
  }
}
