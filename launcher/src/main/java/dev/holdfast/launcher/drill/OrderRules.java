package dev.holdfast.launcher.drill;

import dev.holdfast.launcher.days.Attempts.Attempt;
import dev.holdfast.launcher.drill.Evidence.Recorded;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What became of what customers were told: their answers against the orders in the database. */
final class OrderRules {
  private static final String ORDERS = "/orders";
  private static final int CONFLICT = 409;

  private final Evidence seen;
  private final Map<String, Set<String>> answered;

  OrderRules(Evidence seen) {
    this.seen = seen;
    this.answered = idsAnswered();
  }

  static boolean isOrder(Attempt attempt) {
    return attempt.path().equals(ORDERS) && !attempt.key().isEmpty();
  }

  static boolean isOk(Attempt attempt) {
    return attempt.status() / 100 == 2;
  }

  /** Not answered, or by a server's error. */
  static boolean isError(Attempt attempt) {
    return attempt.status() == 0 || attempt.status() >= 500;
  }

  /** What became of each request in the end: its last answer counts. */
  Map<String, Long> requests() {
    Map<String, String> last = new LinkedHashMap<>();
    for (Attempt attempt : seen.attempts()) {
      if (!attempt.key().isEmpty()) {
        last.put(
            attempt.path() + " " + attempt.key(),
            isOk(attempt) ? "ok" : isError(attempt) ? "unknown" : "refused");
      }
    }
    Map<String, Long> counts = new TreeMap<>(Map.of("ok", 0L, "refused", 0L, "unknown", 0L));
    last.values().forEach(end -> counts.merge(end, 1L, Long::sum));
    return counts;
  }

  /** The ids that customers were told, by order number. */
  private Map<String, Set<String>> idsAnswered() {
    Map<String, Set<String>> ids = new LinkedHashMap<>();
    for (Attempt attempt : seen.attempts()) {
      if (isOrder(attempt) && !attempt.id().isEmpty() && !isError(attempt)) {
        ids.computeIfAbsent(attempt.key(), number -> new LinkedHashSet<>()).add(attempt.id());
      }
    }
    return ids;
  }

  /** Numbers of orders that customers were told of and that are not there. */
  List<String> lost() {
    return answered.keySet().stream().filter(number -> !seen.orders().containsKey(number)).toList();
  }

  /** Numbers of orders that are there twice, or under another id than was told. */
  List<String> duplicated() {
    List<String> duplicated = new ArrayList<>();
    answered.forEach(
        (number, ids) -> {
          Recorded recorded = seen.orders().get(number);
          if (ids.size() > 1 || (recorded != null && !ids.contains(recorded.id()))) {
            duplicated.add(number);
          }
        });
    return duplicated;
  }

  /** Numbers of orders that were refused and went on all the same. */
  List<String> contradicted() {
    List<String> contradicted = new ArrayList<>();
    for (Attempt attempt : seen.attempts()) {
      Recorded recorded = seen.orders().get(attempt.key());
      if (isOrder(attempt)
          && attempt.status() == CONFLICT
          && !attempt.id().isEmpty()
          && recorded != null
          && !recorded.status().equals("REFUSED")) {
        contradicted.add(attempt.key());
      }
    }
    return contradicted;
  }
}
