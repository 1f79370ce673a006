package dev.holdfast.launcher.planted;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.holdfast.launcher.drill.DrillGoals;
import dev.holdfast.launcher.drill.Goal;
import dev.holdfast.launcher.drill.Plan;
import dev.holdfast.launcher.drill.Plan.Planned;
import dev.holdfast.launcher.drill.Score;
import dev.holdfast.launcher.drill.ScoreTable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper.ForDeclaredMethods.MethodVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Bugs that a platform may be started with: where each is planted, the shortest plan of faults that
 * brings it to light, and what the score then says.
 */
@SuppressWarnings("ImmutableEnumChecker") // lists and plans are copies that nobody can change
public enum PlantedBug {
  /**
   * A reply of the order agent is committed at once, by another connection. When its transaction
   * comes to nothing, the batch that is run again finds the reply, and nobody does the work.
   */
  REPLY_OUTSIDE_ITS_TRANSACTION(
      List.of(
          new Cut(
              "dev.holdfast.agent.ReplyStore",
              named("write"),
              Advice.to(PlantedCode.OnAnotherConnection.class))),
      plan(5, 10, fault("delay", "postgres", 3_000)),
      "lost +[1-9]"),

  /**
   * An offset is committed as soon as its event was read. Events whose work was not done when the
   * process was killed are not read again.
   */
  OFFSET_COMMITTED_BEFORE_THE_WORK(
      List.of(
          new Cut(
              "dev.holdfast.stream.PartitionProgress",
              named("track"),
              Advice.to(PlantedCode.CommittableAtOnce.class))),
      plan(15, 8, new Planned(10_000, 60_000, "hang", "customer", "")),
      "orders that customers earned points for"),

  /**
   * An undo of the inventory agent that is tried again finds its reply, and gives back once more
   * what it gave back before.
   */
  UNDO_APPLIED_TWICE(
      List.of(
          new Cut(
              "dev.holdfast.agent.Batch",
              named("decide").and(takesArguments(4)),
              Advice.to(PlantedCode.UndoneOnceMore.class)),
          new Cut(
              "dev.holdfast.commerce.inventory.Hold",
              named("isActive"),
              Advice.to(PlantedCode.ReleasedIsStillHeld.class))),
      plan(14, 20, swallowedCommits()),
      "units reserved on the shelves|[1-9][0-9]* dead letters are open"),

  /**
   * The relay goes on behind the last event it read, and hears of none by its commit. One whose
   * sequence is lower and whose transaction was committed later is never told.
   */
  RELAY_READS_BEHIND_THE_LAST(
      List.of(
          new Cut(
              "dev.holdfast.stream.Committed",
              named("give"),
              Advice.to(PlantedCode.NothingIsHandedOver.class)),
          new Cut(
              "dev.holdfast.stream.OutboxStore",
              named("read"),
              new PlantedCode.OtherWords(
                  "WHERE seq BETWEEN gap.first AND gap.last",
                  "WHERE seq BETWEEN gap.first AND gap.last AND false"))),
      plan(4, 11, fault("delay", "postgres", 2_000)),
      "events committed: \\d+, published and unsent: \\d+"),

  /**
   * The timer of a review goes on when the review is over, and turns back a run that is over as
   * well: here not a day later, but some seconds.
   */
  TIMER_NOT_CANCELLED(
      List.of(
          new Cut(
              "dev.holdfast.workflow.RunExecution",
              named("endWait"),
              Advice.to(PlantedCode.TimerStays.class))),
      plan(8, 12, fault("crash", "order", 1_000)),
      "runs that did not complete|open runs: [1-9]"),

  /** Whatever is down, the platform says that it is at level 0. */
  LEVEL_STUCK_AT_0(
      List.of(
          new Cut(
              "dev.holdfast.degradation.LevelRules",
              named("platform"),
              Advice.to(PlantedCode.AlwaysFull.class))),
      plan(4, 13, new Planned(1_000, 3_000, "cut", "postgres", "level 1")),
      "missed +level 1");

  private static final int SEED = 42;

  private final List<Cut> cuts;
  private final Plan plan;
  private final Pattern verdict;

  PlantedBug(List<Cut> cuts, Plan plan, String verdict) {
    this.cuts = List.copyOf(cuts);
    this.plan = plan;
    this.verdict = Pattern.compile(verdict);
  }

  /**
   * One changed method.
   *
   * @param type the name of its class; to name the class itself would load it unchanged
   * @param method which of the class's
   * @param change what becomes of it
   */
  record Cut(
      String type, ElementMatcher<? super MethodDescription> method, MethodVisitorWrapper change) {}

  private static Planned fault(String fault, String target, int forMs) {
    return new Planned(1_000, forMs, fault, target, "");
  }

  /** No two with as many orders: their number is part of the orders' names. */
  private static Plan plan(int seconds, int ordersPerSecond, Planned... faults) {
    return new Plan(SEED, seconds, ordersPerSecond, List.of(faults));
  }

  /**
   * Now and then for a moment, while the transactions of the inventory are slow: there are undos
   * among those that each moment meets.
   */
  private static Planned[] swallowedCommits() {
    Planned slow = new Planned(500, 18_000, "slow", "inventory", "");
    Stream<Planned> swallowed =
        IntStream.range(0, 12)
            .mapToObj(at -> new Planned(1_500 + 1_400 * at, 400, "swallow-commit", "postgres", ""));
    return Stream.concat(Stream.of(slow), swallowed).toArray(Planned[]::new);
  }

  /** Where it is planted. */
  List<Cut> cuts() {
    return cuts;
  }

  /** What brings it to light. */
  Plan plan() {
    return plan;
  }

  /** Whether the process is killed while events wait for their work. */
  boolean isKilling() {
    return this == OFFSET_COMMITTED_BEFORE_THE_WORK;
  }

  /** How long to wait for what it may hold up for ever. */
  Duration patience() {
    return Duration.ofSeconds(isKilling() ? 20 : 6);
  }

  /** What a drill of the plan has to reach. */
  List<Goal> goals() {
    Set<String> names =
        Stream.concat(Stream.of("level 0"), plan.faults().stream().map(Planned::reaches))
            .collect(Collectors.toSet());
    return DrillGoals.ALL.stream().filter(goal -> names.contains(goal.name())).toList();
  }

  /** Whether a score fails, and names the rule that this bug breaks. */
  boolean isNamedBy(Score score) {
    return !score.isPassed() && verdict.matcher(String.join("\n", ScoreTable.of(score))).find();
  }
}
