package dev.holdfast.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.alert.AlertRules.Step;
import dev.holdfast.alert.AlertRules.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AlertRulesTest {
  private static Condition condition(int holdSeconds, int clearSeconds) {
    return new Condition(
        "HighErrorRate",
        true,
        Severity.WARNING,
        5,
        Duration.ofSeconds(holdSeconds),
        Duration.ofSeconds(clearSeconds));
  }

  /** What each second brings, one character each: x when the condition holds. */
  private static List<Step> steps(Condition condition, String seconds) {
    List<Step> steps = new ArrayList<>();
    Optional<Watching> memory = Optional.empty();
    for (int second = 0; second < seconds.length(); second++) {
      Verdict verdict =
          AlertRules.judge(
              condition,
              memory,
              seconds.charAt(second) == 'x',
              Duration.ofSeconds(second).toNanos());
      memory = verdict.after();
      steps.add(verdict.step());
    }
    return steps;
  }

  @Test
  @Tag("E-182")
  void a_condition_holds_above_its_threshold_and_not_at_it() {
    Condition fivePercent = condition(0, 0);
    assertTrue(fivePercent.holds(Observation.of("HighErrorRate", "platform", 5.1, "")));
    assertFalse(fivePercent.holds(Observation.of("HighErrorRate", "platform", 5, "")));
  }

  @Test
  void an_alert_begins_when_its_condition_has_held_for_the_hold_time() {
    assertEquals(
        List.of(Step.NONE, Step.NONE, Step.RAISE, Step.GOES_ON), steps(condition(2, 5), "xxxx"));
    assertEquals(List.of(Step.RAISE), steps(condition(0, 5), "x"));
  }

  @Test
  @Tag("E-192")
  void a_gap_before_the_hold_time_is_over_begins_it_anew() {
    assertEquals(
        List.of(Step.NONE, Step.NONE, Step.NONE, Step.NONE, Step.NONE, Step.RAISE),
        steps(condition(2, 5), "xx.xxx"));
  }

  @Test
  @Tag("E-181")
  void an_alert_is_over_when_its_condition_has_not_held_for_the_clear_time() {
    assertEquals(
        List.of(Step.RAISE, Step.NONE, Step.RESOLVE, Step.NONE), steps(condition(0, 2), "x..."));
  }

  @Test
  void what_comes_again_before_is_the_same_alert() {
    assertEquals(
        List.of(Step.RAISE, Step.NONE, Step.AGAIN, Step.NONE, Step.RESOLVE),
        steps(condition(0, 2), "x.x.."));
  }
}
