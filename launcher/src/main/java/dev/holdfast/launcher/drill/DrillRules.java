package dev.holdfast.launcher.drill;

import dev.holdfast.launcher.days.Attempts.Attempt;
import dev.holdfast.launcher.drill.Evidence.Injected;
import dev.holdfast.launcher.drill.Evidence.Recorded;
import dev.holdfast.launcher.drill.Evidence.Sample;
import dev.holdfast.launcher.drill.Evidence.Seen;
import dev.holdfast.launcher.drill.Score.OfFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes the score of what was seen of a drill. */
final class DrillRules {
  private static final String ORDERS = "/orders";
  private static final int CONFLICT = 409;
  private static final int NONE = -1;

  /** So long after its end, what is seen still counts as the fault's. */
  private static final Duration AFTERMATH = Duration.ofMillis(PlanRules.RECOVERY_MS);

  private final Evidence seen;

  private DrillRules(Evidence seen) {
    this.seen = seen;
  }

  /** The score, by what has to be reached. */
  static Score of(Evidence seen, List<Goal> goals) {
    return new DrillRules(seen).score(goals);
  }

  private Score score(List<Goal> goals) {
    List<String> reached = goals.stream().filter(this::isReached).map(Goal::name).toList();
    Map<String, Set<String>> answered = idsAnswered();
    return new Score(
        seen.faults().stream().map(this::ofFault).toList(),
        requests(),
        lost(answered),
        duplicated(answered),
        contradicted(),
        reached,
        unreached(goals, reached, true),
        unreached(goals, reached, false),
        troubles());
  }

  private static List<String> unreached(List<Goal> goals, List<String> reached, boolean required) {
    return goals.stream()
        .filter(goal -> goal.required() == required)
        .map(Goal::name)
        .filter(name -> !reached.contains(name))
        .toList();
  }

  private boolean isReached(Goal goal) {
    if (!goal.isLevel()) {
      return seen.incidents().stream()
          .anyMatch(one -> one.proven() != null && one.rung().equals(goal.name()));
    }
    return seen.samples().stream().anyMatch(sample -> sample.level() == goal.level());
  }

  /** A drill in which nothing happened proves nothing. */
  private List<String> troubles() {
    List<String> troubles = new ArrayList<>(seen.troubles());
    for (Injected fault : seen.faults()) {
      if (!fault.refused().isEmpty()) {
        troubles.add(
            fault.planned().fault()
                + " of "
                + fault.planned().target()
                + " did not begin: "
                + fault.refused());
      }
    }
    if (seen.faults().isEmpty()) {
      troubles.add("no fault was planned");
    }
    if (seen.attempts().stream().noneMatch(one -> isOrder(one) && isOk(one))) {
      troubles.add("no order was confirmed");
    }
    if (seen.samples().isEmpty() || seen.samples().getLast().level() != 0) {
      troubles.add("the level did not come back to 0");
    }
    return troubles;
  }

  private OfFault ofFault(Injected fault) {
    Instant end = fault.until().plus(AFTERMATH);
    List<Sample> during =
        seen.samples().stream()
            .filter(sample -> isWithin(sample.at(), fault.begun(), end))
            .toList();
    Optional<Seen> incident =
        seen.incidents().stream()
            .filter(one -> one.child().equals(fault.planned().target()))
            .filter(one -> isWithin(one.detected(), fault.begun(), end))
            .findFirst();
    int before = levelBefore(fault.begun());
    Instant lowered =
        during.stream()
            .filter(sample -> sample.level() > before)
            .map(Sample::at)
            .findFirst()
            .orElse(null);
    return new OfFault(
        fault.planned().fault(),
        fault.planned().target(),
        fault.planned().atMs(),
        fault.planned().forMs(),
        during.stream().mapToInt(Sample::level).max().orElse(Sample.SILENT),
        millis(fault.begun(), incident.map(Seen::detected).orElse(lowered)),
        millis(fault.begun(), incident.map(Seen::proven).orElseGet(() -> fullAgain(lowered))),
        seen.attempts().stream()
            .filter(one -> isError(one) && isWithin(one.ended(), fault.begun(), end))
            .count());
  }

  private Instant fullAgain(Instant lowered) {
    return lowered == null
        ? null
        : seen.samples().stream()
            .filter(sample -> sample.at().isAfter(lowered) && sample.level() == 0)
            .map(Sample::at)
            .findFirst()
            .orElse(null);
  }

  /** What a fault before it left behind is not its own. */
  private int levelBefore(Instant begun) {
    return seen.samples().stream()
        .filter(sample -> sample.at().isBefore(begun) && sample.level() != Sample.SILENT)
        .mapToInt(Sample::level)
        .reduce(0, (earlier, later) -> later);
  }

  private static boolean isWithin(Instant at, Instant from, Instant to) {
    return !at.isBefore(from) && !at.isAfter(to);
  }

  private static long millis(Instant from, Instant to) {
    return to == null ? NONE : Duration.between(from, to).toMillis();
  }

  private static boolean isOrder(Attempt attempt) {
    return attempt.path().equals(ORDERS) && !attempt.key().isEmpty();
  }

  private static boolean isOk(Attempt attempt) {
    return attempt.status() / 100 == 2;
  }

  private static boolean isError(Attempt attempt) {
    return attempt.status() == 0 || attempt.status() >= 500;
  }

  /** What became of each request in the end: its last answer counts. */
  private Map<String, Long> requests() {
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

  private List<String> lost(Map<String, Set<String>> answered) {
    return answered.keySet().stream().filter(number -> !seen.orders().containsKey(number)).toList();
  }

  private List<String> duplicated(Map<String, Set<String>> answered) {
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

  private List<String> contradicted() {
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
