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
import java.util.stream.Stream;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper.ForDeclaredMethods.MethodVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Bugs that a platform may be started with: where each is planted, the shortest plan of faults that
 * brings it to light, and what the score then says.
 */
public enum PlantedBug {
  /**
   * A reply is committed at once, by another connection. When its transaction comes to nothing, the
   * batch that is run again finds the reply, and nobody does the work.
   */
  REPLY_OUTSIDE_ITS_TRANSACTION(
      List.of(
          new Cut(
              "dev.holdfast.agent.ReplyStore",
              named("write"),
              Advice.to(PlantedCode.OnAnotherConnection.class))),
      plan(10, fault("delay", "postgres", 3_000)),
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
      plan(16, new Planned(2_000, 6_000, "hang", "customer", "")),
      "orders that customers earned points for"),

  /**
   * An undo that is asked again does not find its reply, and gives back what was given back before.
   */
  UNDO_APPLIED_TWICE(
      List.of(
          new Cut(
              "dev.holdfast.kernel.CommandId",
              named("undo").and(takesArguments(2)),
              Advice.to(PlantedCode.AnotherIdEachTime.class)),
          new Cut(
              "dev.holdfast.commerce.inventory.Hold",
              named("isActive"),
              Advice.to(PlantedCode.ReleasedIsStillHeld.class))),
      plan(20, fault("swallow-commit", "postgres", 3_000)),
      "units reserved on the shelves|[1-9][0-9]* dead letters are open"),

  /**
   * The relay goes on behind the last event it sent. One whose sequence is lower and whose
   * transaction was committed later is never told.
   */
  RELAY_READS_BEHIND_THE_LAST(
      List.of(
          new Cut(
              "dev.holdfast.stream.OutboxStore",
              named("unsent"),
              new PlantedCode.OtherWords(
                  "sent_at IS NULL AND",
                  "seq > (SELECT coalesce(max(seq), 0) FROM holdfast.outbox"
                      + " WHERE sent_at IS NOT NULL) AND"))),
      plan(11, fault("delay", "postgres", 2_000)),
      "[1-9][0-9]* events are unsent"),

  /**
   * The timer of a review goes on when the review is over, and turns the run back when its time has
   * come: here not a day later, but a second.
   */
  TIMER_NOT_CANCELLED(
      List.of(
          new Cut(
              "dev.holdfast.workflow.RunExecution",
              named("enterWait"),
              Advice.to(PlantedCode.TimerStays.class))),
      plan(12, fault("crash", "order", 1_000)),
      "[1-9][0-9]* delivered orders have runs that did not complete"),

  /** Whatever is down, the platform says that it is at level 0. */
  LEVEL_STUCK_AT_0(
      List.of(
          new Cut(
              "dev.holdfast.degradation.LevelRules",
              named("platform"),
              Advice.to(PlantedCode.AlwaysFull.class))),
      plan(13, new Planned(1_000, 4_000, "cut", "postgres", "level 1")),
      "missed +level 1");

  private static final int SEED = 42;
  private static final int SECONDS = 5;

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
      String type,
      ElementMatcher<? super MethodDescription> method,
      MethodVisitorWrapper change) {}

  private static Planned fault(String fault, String target, int forMs) {
    return new Planned(1_000, forMs, fault, target, "");
  }

  /** No two with as many orders: their number is part of the orders' names. */
  private static Plan plan(int ordersPerSecond, Planned fault) {
    return new Plan(SEED, SECONDS, ordersPerSecond, List.of(fault));
  }

  /** Where it is planted. */
  List<Cut> cuts() {
    return cuts;
  }

  /** What brings it to light. */
  Plan plan() {
    return plan;
  }

  /** How long after the fault has begun the process is killed; zero for never. */
  Duration killed() {
    return this == OFFSET_COMMITTED_BEFORE_THE_WORK ? Duration.ofSeconds(2) : Duration.ZERO;
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
    return !score.isPassed()
        && verdict.matcher(String.join("\n", ScoreTable.of(score))).find();
  }
}
