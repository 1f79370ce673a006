package dev.holdfast.commerce.partners;

import dev.holdfast.bus.RecordJson;
import dev.holdfast.commerce.partners.CarrierGateway.CancelAnswer;
import dev.holdfast.commerce.partners.CarrierGateway.LabelRefused;
import dev.holdfast.commerce.partners.CarrierGateway.Labelled;
import dev.holdfast.commerce.partners.CarrierGateway.NotTaken;
import dev.holdfast.commerce.partners.CarrierGateway.Notice;
import dev.holdfast.commerce.partners.CarrierGateway.Progress;
import dev.holdfast.commerce.partners.CarrierGateway.Taken;
import dev.holdfast.commerce.partners.ParcelStore.Parcel;
import dev.holdfast.commerce.partners.SimulatorStore.Happened;
import dev.holdfast.commerce.partners.SimulatorStore.HeldUp;
import dev.holdfast.commerce.partners.SimulatorStore.Untold;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One batch of requests on the carriers' books: what it finds, decides and leaves to be written.
 */
final class ParcelBooks {
  private final SimulatorSettings settings;
  private final Instant now;
  private final Map<String, Parcel> byKey = new HashMap<>();
  private final Map<String, Parcel> byTracking = new HashMap<>();
  private final Set<String> held;

  final Set<Parcel> made = new LinkedHashSet<>();
  final Set<Parcel> changed = new LinkedHashSet<>();
  final List<Happened> faults = new ArrayList<>();
  final List<Untold> notices = new ArrayList<>();
  final List<HeldUp> heldUp = new ArrayList<>();
  final List<String> arrived = new ArrayList<>();

  /** What the carriers are asked. */
  sealed interface Request {}

  /** A label is to be made; {@code arrivesNow} when it was held up and comes in now. */
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

  /**
   * What became of a request.
   *
   * @param answer null while it is held up
   * @param fault what hides or delays the answer, or null
   */
  record Result(Object answer, Fault fault) {}

  ParcelBooks(SimulatorSettings settings, Instant now, List<Parcel> parcels, List<String> heldUp) {
    this.settings = settings;
    // As the database keeps it, so that a repeated answer equals the first.
    this.now = now.truncatedTo(ChronoUnit.MICROS);
    this.held = Set.copyOf(heldUp);
    parcels.forEach(this::know);
  }

  private void know(Parcel parcel) {
    byKey.put(parcel.key, parcel);
    byTracking.put(parcel.tracking, parcel);
  }

  /** Decides one request as the ones before it left the books. */
  Result decide(Request request) {
    return switch (request) {
      case MakeLabel label -> make(label);
      case TakeBack label -> takeBack(label.key());
      case TakeOver parcel -> takeOver(parcel.tracking());
    };
  }

  private Result make(MakeLabel request) {
    if (request.arrivesNow()) {
      arrived.add(request.key());
    }
    Parcel known = byKey.get(request.key());
    if (known != null) {
      return new Result(new Labelled(known.label()), null);
    }
    // What was held up once goes through when it is asked again, or when it comes in at last.
    boolean again = request.arrivesNow() || held.contains(request.key());
    Fault fault = again ? null : FaultRules.ofLabel(settings, request.key()).orElse(null);
    happened(request.key(), "label", fault);
    if (fault == Fault.ARRIVES_LATE) {
      return holdUp(request);
    }
    if (fault == Fault.LABEL_REFUSED) {
      return new Result(new LabelRefused("not_served"), fault);
    }
    if (fault == Fault.LABEL_UNAVAILABLE) {
      return new Result(null, fault);
    }
    return new Result(new Labelled(label(request).label()), fault);
  }

  private Result holdUp(MakeLabel request) {
    Instant due = now.plus(settings.lateBy());
    heldUp.add(new HeldUp(request.key(), RecordJson.write(request), due));
    return new Result(null, Fault.ARRIVES_LATE);
  }

  private Parcel label(MakeLabel request) {
    String tracking = LabelNumber.of(request.carrier(), request.key());
    Parcel parcel =
        new Parcel(
            0, request.key(), request.carrier(), tracking, request.country(), request.grams(), now);
    know(parcel);
    made.add(parcel);
    return parcel;
  }

  private Result takeBack(String key) {
    Parcel parcel = byKey.get(key);
    if (parcel == null) {
      return new Result(CancelAnswer.NOT_FOUND, null);
    }
    if (parcel.cancelled) {
      return new Result(CancelAnswer.CANCELLED, null);
    }
    if (parcel.handedOverAt != null) {
      return new Result(CancelAnswer.TOO_LATE, null);
    }
    Fault fault = FaultRules.ofCarrierCall(settings, key, "cancel").orElse(null);
    happened(key, "cancel", fault);
    parcel.cancelled = true;
    changed.add(parcel);
    return new Result(CancelAnswer.CANCELLED, fault);
  }

  private Result takeOver(String tracking) {
    Parcel parcel = byTracking.get(tracking);
    if (parcel == null) {
      return new Result(new NotTaken("unknown_label"), null);
    }
    if (parcel.cancelled) {
      return new Result(new NotTaken("label_cancelled"), null);
    }
    if (parcel.handedOverAt != null) {
      return new Result(new Taken(parcel.handedOverAt), null);
    }
    Fault fault = FaultRules.ofCarrierCall(settings, parcel.key, "hand_over").orElse(null);
    happened(parcel.key, "hand_over", fault);
    parcel.handedOverAt = now;
    changed.add(parcel);
    deliver(parcel);
    return new Result(new Taken(now), fault);
  }

  private void deliver(Parcel parcel) {
    if (!settings.deliveredAfter().isZero()) {
      tell(parcel, Progress.PICKED_UP, now.plus(settings.deliveredAfter().dividedBy(2)));
    }
    tell(parcel, Progress.DELIVERED, now.plus(settings.deliveredAfter()));
  }

  private void tell(Parcel parcel, Progress progress, Instant at) {
    String id = progress.name().toLowerCase(Locale.ROOT) + "/" + parcel.key;
    Fault fault = FaultRules.ofNotice(settings, id).orElse(null);
    Notice notice = new Notice(id, parcel.key, parcel.tracking, progress, at);
    Instant due = fault == Fault.LATE_NOTICE ? at.plus(settings.noticeLateBy()) : at;
    notices.add(new Untold(id, RecordJson.write(notice), fault, due));
  }

  private void happened(String key, String operation, Fault fault) {
    if (fault != null) {
      faults.add(new Happened(key, operation, fault, now));
    }
  }
}
