package dev.holdfast.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What waits for one receiver. What is told of one fingerprint is told in order, one after the
 * other; others pass it. One thread.
 */
final class DeliveryQueue {
  private final DeliveryPolicy policy;
  private final Map<UUID, Delivery> waiting = new LinkedHashMap<>();
  private final Set<UUID> underWay = new HashSet<>();
  private Instant restsUntil = Instant.MIN;
  private boolean more;

  DeliveryQueue(DeliveryPolicy policy) {
    this.policy = policy;
  }

  /** Takes one in, if there is room; otherwise it waits as a row until {@link #wantsMore}. */
  boolean add(Delivery delivery) {
    more |= waiting.size() >= policy.waitingMax();
    if (!more) {
      waiting.put(delivery.id(), delivery);
    }
    return !more;
  }

  /** Whether rows are to be read that found no room. */
  boolean wantsMore() {
    return more && waiting.size() <= policy.waitingMax() / 2;
  }

  /**
   * Takes in rows, in their order, before all that is here already.
   *
   * @param whole whether these are all there are
   */
  void refill(Collection<Delivery> rows, boolean whole) {
    Map<UUID, Delivery> here = new LinkedHashMap<>(waiting);
    waiting.clear();
    rows.forEach(row -> waiting.put(row.id(), here.getOrDefault(row.id(), row)));
    here.forEach(waiting::putIfAbsent);
    more = !whole;
  }

  int size() {
    return waiting.size();
  }

  /** What is to be tried now; it is under way from here on. */
  List<Delivery> due(Instant now) {
    List<Delivery> due = new ArrayList<>();
    if (now.isBefore(restsUntil)) {
      return due;
    }
    Set<String> passed = new HashSet<>();
    for (Delivery delivery : waiting.values()) {
      if (underWay.size() >= policy.atOnce()) {
        break;
      }
      boolean isFirst = passed.add(delivery.what().fingerprint());
      if (isFirst && !delivery.due().isAfter(now) && underWay.add(delivery.id())) {
        due.add(delivery);
      }
    }
    return due;
  }

  /** One was tried, with what became of it. */
  void tried(Delivery after) {
    underWay.remove(after.id());
    if (after.state() == Delivery.State.WAITING) {
      waiting.put(after.id(), after);
    } else {
      waiting.remove(after.id());
    }
  }

  /** The receiver wants to be left alone for a while. */
  void rest(Duration time, Instant now) {
    Instant until = now.plus(time);
    restsUntil = until.isAfter(restsUntil) ? until : restsUntil;
  }
}
