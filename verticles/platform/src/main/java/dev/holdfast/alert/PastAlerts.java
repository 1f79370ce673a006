package dev.holdfast.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The alerts that ended last, in memory. Written on one thread, read on any. */
final class PastAlerts {
  private volatile List<Alert> all = List.of();

  /** The latest first. */
  List<Alert> all() {
    return all;
  }

  /** One ended just now. */
  void add(Alert ended) {
    List<Alert> joined = new ArrayList<>(List.of(ended));
    joined.addAll(all);
    keep(joined);
  }

  /** Those that ended in earlier lives, the latest first. */
  void addEarlier(List<Alert> earlier) {
    Set<UUID> known = all.stream().map(Alert::id).collect(Collectors.toSet());
    List<Alert> joined = new ArrayList<>(all);
    earlier.stream().filter(alert -> !known.contains(alert.id())).forEach(joined::add);
    keep(joined);
  }

  private void keep(List<Alert> joined) {
    all = List.copyOf(joined.subList(0, Math.min(joined.size(), Alerts.HISTORY_MAX)));
  }
}
