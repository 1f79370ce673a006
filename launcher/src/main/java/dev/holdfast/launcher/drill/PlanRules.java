package dev.holdfast.launcher.drill;

import dev.holdfast.launcher.days.Dice;
import dev.holdfast.launcher.drill.Goal.Step;
import dev.holdfast.launcher.drill.Plan.Planned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Makes a plan from a seed: the faults of every goal once, one goal after the other with time to
 * recover between them, in an order that the seed draws; then others until the time is full.
 */
final class PlanRules {
  /** Nothing is broken at first, so that there is something to compare with. */
  static final int CALM_MS = 5_000;

  private static final Set<String> STORES = Set.of("postgres", "kafka", "journal");
  private static final int STORE_RECOVERY_MS = 10_000;
  private static final int AGENT_RECOVERY_MS = 4_000;

  /** The fault after which one fall more parks its agent, for as long as falls are remembered. */
  private static final String CLIMB = "crash-loop";

  private static final int REMEMBERED_MS = 65_000;

  /** Faults by which agents fall, also others than their target. */
  private static final Set<String> FALLS = Set.of("crash", "hang", "block-loop");

  private PlanRules() {}

  static boolean isStore(String target) {
    return STORES.contains(target);
  }

  /** From the end of a fault of that target to the next, so that each is over by itself. */
  static int recoveryMs(String target) {
    return isStore(target) ? STORE_RECOVERY_MS : AGENT_RECOVERY_MS;
  }

  /**
   * The plan of a seed.
   *
   * @throws IllegalArgumentException when the time is too short for all goals
   */
  static Plan of(long seed, int seconds, int ordersPerSecond, List<Goal> goals) {
    Dice dice = new Dice(seed);
    List<Planned> planned = new ArrayList<>();
    int at = CALM_MS;
    List<Goal> left =
        new ArrayList<>(goals.stream().filter(goal -> !goal.faults().isEmpty()).toList());
    while (!left.isEmpty()) {
      Goal goal = next(left, at, dice);
      left.remove(goal);
      at = Math.max(at, goal.notBeforeMs());
      for (Step step : goal.faults()) {
        planned.add(planned(at, step, goal.name()));
      }
      at += goal.lengthMs() + recoveryMs(goal.faults());
    }
    int end = seconds * 1_000;
    if (at > end) {
      throw new IllegalArgumentException(
          "a plan with every goal takes %d s, got %d".formatted((at + 999) / 1_000, seconds));
    }
    fill(planned, dice, at, end);
    planned.sort(Comparator.comparingInt(Planned::atMs));
    return new Plan(seed, seconds, ordersPerSecond, planned);
  }

  /** One whose faults may come now; when there is none, the one whose may come soonest. */
  private static Goal next(List<Goal> left, int at, Dice dice) {
    List<Goal> due = left.stream().filter(goal -> goal.notBeforeMs() <= at).toList();
    return due.isEmpty()
        ? left.stream().min(Comparator.comparingInt(Goal::notBeforeMs)).orElseThrow()
        : due.get(dice.below(due.size()));
  }

  private static Planned planned(int at, Step step, String reaches) {
    return new Planned(at + step.afterMs(), step.forMs(), step.fault(), step.target(), reaches);
  }

  private static int recoveryMs(List<Step> steps) {
    return steps.stream().mapToInt(step -> recoveryMs(step.target())).max().orElse(0);
  }

  private static void fill(List<Planned> planned, Dice dice, int from, int end) {
    int climbed =
        planned.stream()
            .filter(fault -> fault.fault().equals(CLIMB))
            .mapToInt(fault -> fault.atMs() + fault.forMs())
            .max()
            .orElse(-REMEMBERED_MS);
    int at = from;
    while (true) {
      boolean mayFall = at - climbed >= REMEMBERED_MS;
      List<Step> due =
          DrillGoals.BESIDES.stream()
              .filter(step -> mayFall || !FALLS.contains(step.fault()))
              .toList();
      Step step = due.get(dice.below(due.size()));
      int next = at + step.forMs() + recoveryMs(step.target());
      if (next > end) {
        return;
      }
      planned.add(planned(at, step, ""));
      at = next;
    }
  }
}
