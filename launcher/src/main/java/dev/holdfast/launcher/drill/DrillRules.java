package dev.holdfast.launcher.drill;

import dev.holdfast.launcher.days.Attempts.Attempt;
import dev.holdfast.launcher.drill.Evidence.Injected;
import dev.holdfast.launcher.drill.Evidence.Letter;
import dev.holdfast.launcher.drill.Evidence.Sample;
import dev.holdfast.launcher.drill.Evidence.Seen;
import dev.holdfast.launcher.drill.Plan.Planned;
import dev.holdfast.launcher.drill.Score.OfFault;
import dev.holdfast.launcher.drill.TruthRules.Return;
import dev.holdfast.launcher.drill.TruthRules.Untruth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the score of what was seen of a drill. */
final class DrillRules {
  private static final int NONE = -1;

  private final Evidence seen;
  private final List<Attempt> orders;
  private final List<Return> returns;

  private DrillRules(Evidence seen) {
    this.seen = seen;
    this.orders = seen.attempts().stream().filter(OrderRules::isOrder).toList();
    this.returns = TruthRules.returns(seen.samples());
  }

  /** The score, by what has to be reached. */
  static Score of(Evidence seen, List<Goal> goals) {
    return new DrillRules(seen).score(goals);
  }

  private Score score(List<Goal> goals) {
    List<String> reached = goals.stream().filter(this::isReached).map(Goal::name).toList();
    OrderRules ofOrders = new OrderRules(seen);
    return new Score(
        seen.faults().stream().map(this::ofFault).toList(),
        ofOrders.requests(),
        ofOrders.lost(),
        ofOrders.duplicated(),
        ofOrders.contradicted(),
        untrue(),
        errorsApart(),
        seen.letters().stream().filter(Letter::isReplayed).count(),
        reached,
        goals.stream().map(Goal::name).filter(name -> !reached.contains(name)).toList(),
        troubles());
  }

  private boolean isReached(Goal goal) {
    if (goal.name().equals(Goal.DEAD_LETTER)) {
      return seen.letters().stream().anyMatch(Letter::isReplayed);
    }
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
        troubles.add(fault.planned().label() + " did not begin: " + fault.refused());
      }
    }
    if (seen.faults().isEmpty()) {
      troubles.add("no fault was planned");
    }
    if (seen.attempts().stream()
        .noneMatch(one -> OrderRules.isOrder(one) && OrderRules.isOk(one))) {
      troubles.add("no order was confirmed");
    }
    if (seen.samples().isEmpty() || seen.samples().getLast().level() != 0) {
      troubles.add("the level did not come back to 0");
    }
    return troubles;
  }

  /** When and how the level was not what it said. */
  private List<String> untrue() {
    List<String> untrue = new ArrayList<>();
    for (Untruth wrong : TruthRules.untruths(seen.samples(), orders)) {
      untrue.add(
          "%s s: for %d ms the level said was wrong; at its end it was %d while orders were %s"
              .formatted(
                  second(wrong.from()),
                  wrong.length().toMillis(),
                  wrong.level(),
                  wrong.answer().name().toLowerCase(Locale.ROOT)));
    }
    for (Return late : returns) {
      if (late.isLate()) {
        untrue.add(
            "%s s: %s was over, and the level 0 %s"
                .formatted(
                    second(late.ended()),
                    late.fault(),
                    late.up().map(time -> time.toMillis() + " ms later").orElse("not again")));
      }
    }
    for (Injected fault : seen.faults()) {
      if (isLateDown(fault)) {
        untrue.add(
            "%s s: %s began, and within 5 s nothing said %s"
                .formatted(
                    second(fault.begun()), fault.planned().label(), fault.planned().reaches()));
      }
    }
    return untrue;
  }

  /** Whether the first fault of a level's goal did not bring its level in time. */
  private boolean isLateDown(Injected fault) {
    String goal = fault.planned().reaches();
    boolean isFirst =
        seen.faults().stream()
            .filter(one -> one.planned().reaches().equals(goal))
            .noneMatch(one -> one.begun().isBefore(fault.begun()));
    if (!Goal.isLevel(goal) || !isFirst || !fault.refused().isEmpty()) {
      return false;
    }
    Instant by = lastBegun(goal).plus(TruthRules.BLIND);
    return seen.samples().stream()
        .noneMatch(
            sample ->
                sample.level() == Goal.levelOf(goal) && isWithin(sample.at(), fault.begun(), by));
  }

  /** When the last of those faults began that lead to a goal together. */
  private Instant lastBegun(String goal) {
    int first = planned(goal).mapToInt(Planned::atMs).min().orElse(0);
    return seen.faults().stream()
        .filter(one -> one.planned().reaches().equals(goal) && one.planned().atMs() == first)
        .map(Injected::begun)
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  private Stream<Planned> planned(String goal) {
    return seen.faults().stream().map(Injected::planned).filter(one -> one.reaches().equals(goal));
  }

  private String second(Instant at) {
    Instant first = seen.samples().isEmpty() ? at : seen.samples().getFirst().at();
    return "%.1f".formatted(Duration.between(first, at).toMillis() / 1_000.0);
  }

  /** So long after its end, what is seen still counts as the fault's. */
  private static Instant over(Injected fault) {
    return fault.until().plusMillis(PlanRules.recoveryMs(fault.planned().target()));
  }

  /**
   * Whose error it is: the last fault's that was there when the attempt was begun, else the first
   * one's that came before it ended; an attempt may last longer than what it suffers from.
   */
  private Optional<Injected> culprit(Attempt error) {
    List<Injected> there =
        seen.faults().stream()
            .filter(fault -> !fault.begun().isAfter(error.ended()))
            .filter(fault -> !over(fault).isBefore(error.begun()))
            .toList();
    List<Injected> before =
        there.stream().filter(fault -> !fault.begun().isAfter(error.begun())).toList();
    if (!before.isEmpty()) {
      return Optional.of(before.getLast());
    }
    return there.stream().findFirst();
  }

  private long errorsApart() {
    return seen.attempts().stream()
        .filter(one -> OrderRules.isError(one) && culprit(one).isEmpty())
        .count();
  }

  private long upMs(Injected fault) {
    return returns.stream()
        .filter(one -> one.fault().equals(fault.planned().label()))
        .filter(one -> isWithin(one.ended(), fault.begun(), over(fault)))
        .flatMap(one -> one.up().stream())
        .mapToLong(Duration::toMillis)
        .findFirst()
        .orElse(NONE);
  }

  private OfFault ofFault(Injected fault) {
    Instant end = over(fault);
    List<Sample> during =
        seen.samples().stream()
            .filter(sample -> isWithin(sample.at(), fault.begun(), end))
            .toList();
    List<Seen> incidents = incidents(fault);
    int before = levelBefore(fault.begun());
    Instant lowered =
        during.stream()
            .filter(sample -> sample.level() > before)
            .map(Sample::at)
            .findFirst()
            .orElse(null);
    List<Letter> letters = letters(fault);
    Instant detected = lowered;
    Instant proven = fullAgain(lowered);
    if (!incidents.isEmpty()) {
      detected = incidents.getFirst().detected();
      proven = incidents.getLast().proven();
    } else if (!letters.isEmpty()) {
      detected = letters.getFirst().seen();
      proven = letters.getLast().replayed();
    }
    return new OfFault(
        fault.planned().fault(),
        fault.planned().target(),
        fault.planned().atMs(),
        fault.planned().forMs(),
        during.stream().mapToInt(Sample::level).max().orElse(Sample.SILENT),
        incidents.isEmpty() ? "" : incidents.getLast().rung(),
        millis(fault.begun(), detected),
        millis(fault.begun(), proven),
        upMs(fault),
        seen.attempts().stream()
            .filter(one -> OrderRules.isError(one))
            .filter(one -> culprit(one).filter(fault::equals).isPresent())
            .count());
  }

  /** The incidents of its target that no later fault of the same target caused. */
  private List<Seen> incidents(Injected fault) {
    String target = fault.planned().target();
    return seen.incidents().stream()
        .filter(one -> one.child().equals(target))
        .filter(one -> isWithin(one.detected(), fault.begun(), over(fault)))
        .filter(
            one ->
                seen.faults().stream()
                    .filter(other -> other.planned().target().equals(target))
                    .filter(other -> other.begun().isAfter(fault.begun()))
                    .noneMatch(other -> !other.begun().isAfter(one.detected())))
        .toList();
  }

  private List<Letter> letters(Injected fault) {
    return fault.planned().fault().equals(Operator.POISON)
        ? seen.letters().stream()
            .filter(one -> isWithin(one.seen(), fault.begun(), over(fault)))
            .sorted(Comparator.comparing(Letter::seen))
            .toList()
        : List.of();
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
}
