package dev.holdfast.commerce.partners;

import dev.holdfast.bus.RecordJson;
import dev.holdfast.commerce.partners.SimulatorStore.Happened;
import dev.holdfast.commerce.partners.SimulatorStore.HeldUp;
import dev.holdfast.commerce.partners.SimulatorStore.Untold;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a batch of requests leaves beside the books: faults that happened, notices to be told,
 * requests held up, and those that came in at last.
 */
final class Aftermath {
  final SimulatorSettings settings;
  final Instant now;
  final List<Happened> faults = new ArrayList<>();
  final List<Untold> notices = new ArrayList<>();
  final List<HeldUp> heldUp = new ArrayList<>();
  final List<String> arrived = new ArrayList<>();
  private final Set<String> held;

  /**
   * Nothing yet.
   *
   * @param held the keys of requests that were held up before
   */
  Aftermath(SimulatorSettings settings, Instant now, List<String> held) {
    this.settings = settings;
    // As the database keeps it, so that a repeated answer equals the first.
    this.now = now.truncatedTo(ChronoUnit.MICROS);
    this.held = Set.copyOf(held);
  }

  /**
   * Whether a request was held up before: it then goes through when it is asked again, or when it
   * comes in at last.
   */
  boolean wasHeldUp(String key, boolean arrivesNow) {
    return arrivesNow || held.contains(key);
  }

  void arrived(String key) {
    arrived.add(key);
  }

  /** Notes that an operation met the fault, if any, and gives it; null for none. */
  Fault met(String key, String operation, Optional<Fault> fault) {
    fault.ifPresent(met -> faults.add(new Happened(key, operation, met, now)));
    return fault.orElse(null);
  }

  void holdUp(String key, Record request) {
    heldUp.add(new HeldUp(key, RecordJson.write(request), now.plus(settings.lateBy())));
  }

  /** Has a notice told at the given time, or later when the fault says so. */
  void tell(String id, Record notice, Instant at, Fault fault) {
    Instant due = fault == Fault.LATE_NOTICE ? at.plus(settings.noticeLateBy()) : at;
    notices.add(new Untold(id, RecordJson.write(notice), fault, due));
  }

  /** Whether there is something to be told or let in. */
  boolean concernsTheDesk() {
    return !notices.isEmpty() || !heldUp.isEmpty();
  }
}
