package dev.holdfast.launcher.drill;

import dev.holdfast.launcher.days.Dice;
import dev.holdfast.launcher.drill.Goal.Step;
import dev.holdfast.launcher.drill.Plan.Planned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes a plan from a seed: the faults of every goal once, one goal after the other with time to
 * recover between them, in an order that the seed draws; then others until the time is full.
 */
final class PlanRules {
  /** Nothing is broken at first, so that there is something to compare with. */
  static final int CALM_MS = 5_000;

  /** From the end of one fault to the next, so that each is proven over by itself. */
  static final int RECOVERY_MS = 10_000;

  private PlanRules() {}

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
      Goal goal = left.remove(dice.below(left.size()));
      int longest = 0;
      for (Step step : goal.faults()) {
        planned.add(new Planned(at, step.forMs(), step.fault(), step.target(), goal.name()));
        longest = Math.max(longest, step.forMs());
      }
      at += longest + RECOVERY_MS;
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

  private static void fill(List<Planned> planned, Dice dice, int from, int end) {
    int at = from;
    while (true) {
      Step step = DrillGoals.BESIDES.get(dice.below(DrillGoals.BESIDES.size()));
      int next = at + step.forMs() + RECOVERY_MS;
      if (next > end) {
        return;
      }
      planned.add(new Planned(at, step.forMs(), step.fault(), step.target(), ""));
      at = next;
    }
  }
}
