package dev.holdfast.launcher.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.chaos.FaultRequest;
import dev.holdfast.launcher.drill.Plan.Planned;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanRulesTest {
  private static Plan plan(long seed) {
    return PlanRules.of(seed, 120, 10, DrillGoals.ALL);
  }

  @Test
  void the_same_seed_gives_the_same_plan_and_another_seed_another() {
    assertEquals(plan(1), plan(1));
    assertNotEquals(plan(1).faults(), plan(2).faults());
  }

  @Test
  void two_minutes_have_every_goals_faults() {
    for (long seed = 0; seed < 200; seed++) {
      List<Planned> faults = plan(seed).faults();
      for (Goal goal : DrillGoals.ALL) {
        for (Goal.Step step : goal.faults()) {
          assertTrue(
              faults.stream()
                  .anyMatch(
                      planned ->
                          planned.reaches().equals(goal.name())
                              && planned.fault().equals(step.fault())
                              && planned.target().equals(step.target())),
              goal.name() + " with seed " + seed);
        }
      }
    }
  }

  @Test
  void faults_of_different_goals_lie_apart_and_within_the_time() {
    for (long seed = 0; seed < 200; seed++) {
      int free = PlanRules.CALM_MS;
      String goal = "";
      for (Planned next : plan(seed).faults()) {
        if (next.reaches().isEmpty() || !next.reaches().equals(goal)) {
          assertTrue(next.atMs() >= free, next + " with seed " + seed);
          goal = next.reaches();
        }
        free = Math.max(free, next.atMs() + next.forMs() + PlanRules.recoveryMs(next.target()));
      }
      assertTrue(free <= 120_000, "seed " + seed);
    }
  }

  @Test
  void a_configuration_is_broken_only_when_the_one_before_it_may_be_proven() {
    for (long seed = 0; seed < 200; seed++) {
      for (Planned fault : plan(seed).faults()) {
        assertTrue(!fault.fault().equals("bad-configuration") || fault.atMs() >= 65_000);
      }
    }
  }

  @Test
  void what_may_come_late_alone_is_waited_for() {
    Goal late = new Goal("rollback", 65_000, List.of(new Goal.Step("cut", "kafka", 1_000)));
    List<Planned> faults = PlanRules.of(1, 120, 10, List.of(late)).faults();
    assertEquals(65_000, faults.getFirst().atMs());
  }

  @Test
  void whoever_has_climbed_its_ladder_is_left_alone_until_that_is_forgotten() {
    for (long seed = 0; seed < 50; seed++) {
      int climbed = Integer.MIN_VALUE / 2;
      for (Planned fault : PlanRules.of(seed, 600, 10, DrillGoals.ALL).faults()) {
        if (fault.fault().equals("crash-loop")) {
          climbed = fault.atMs() + fault.forMs();
        } else if (fault.reaches().isEmpty()
            && List.of("crash", "hang", "block-loop").contains(fault.fault())) {
          assertTrue(fault.atMs() - climbed >= 60_000, fault + " with seed " + seed);
        }
      }
    }
  }

  @Test
  void too_short_a_time_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> PlanRules.of(1, 30, 10, DrillGoals.ALL));
  }

  @Test
  void every_fault_that_may_be_planned_exists() {
    Stream.concat(
            DrillGoals.ALL.stream().flatMap(goal -> goal.faults().stream()),
            DrillGoals.BESIDES.stream())
        .forEach(
            step ->
                FaultRequest.of(step.fault(), step.target(), Duration.ofMillis(step.forMs()))
                    .toFault());
  }

  @Test
  void a_kept_plan_is_read_again_as_it_was(@TempDir Path folder) {
    Path file = folder.resolve("plan.json");
    plan(3).write(file);
    assertEquals(plan(3), Plan.read(file));
  }
}
