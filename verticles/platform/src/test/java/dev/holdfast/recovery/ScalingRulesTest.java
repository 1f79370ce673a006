package dev.holdfast.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ScalingRulesTest {
  private static final ScalingPolicy POLICY =
      new ScalingPolicy(
          Duration.ofSeconds(2), 3, 2, 4, 4, Duration.ofMillis(500), Duration.ofMinutes(5));

  private static LaneLoad load(int waiting, double perSecond) {
    return new LaneLoad(waiting, perSecond, 20, 10, 0, 0);
  }

  @Tag("E-073")
  @Test
  void a_lane_is_too_narrow_when_what_waits_takes_too_long_at_three_looks() {
    LaneLoad busy = load(500, 200);
    LaneLoad calm = load(300, 200);
    assertEquals(Optional.empty(), ScalingRules.tooMuch(List.of(busy, busy), POLICY));
    assertEquals(Optional.empty(), ScalingRules.tooMuch(List.of(busy, calm, busy), POLICY));
    assertEquals(
        Optional.of("500 wait and 200/s are done, for 3 looks"),
        ScalingRules.tooMuch(List.of(calm, busy, busy, busy), POLICY));
    assertTrue(
        ScalingRules.tooMuch(List.of(load(1, 0), load(1, 0), load(1, 0)), POLICY).isPresent());
    assertEquals(
        Optional.empty(),
        ScalingRules.tooMuch(List.of(load(0, 0), load(0, 0), load(0, 0)), POLICY));
  }

  @Test
  void a_lane_is_not_widened_when_that_would_not_help_or_harm_others() {
    assertEquals(Optional.empty(), ScalingRules.refusal(load(500, 200), POLICY));
    assertEquals(
        Optional.of("it is as wide as it may be"),
        ScalingRules.refusal(new LaneLoad(500, 200, 20, 10, 0, 4), POLICY));
    Optional<String> full = Optional.of("the pool has no headroom");
    assertEquals(full, ScalingRules.refusal(new LaneLoad(500, 200, 20, 5, 0, 0), POLICY));
    assertEquals(full, ScalingRules.refusal(new LaneLoad(500, 200, 20, 10, 1, 0), POLICY));
    Optional<String> slow = Optional.of("the database is slow");
    assertEquals(slow, ScalingRules.refusal(new LaneLoad(500, 200, 501, 10, 0, 0), POLICY));
    assertEquals(slow, ScalingRules.refusal(new LaneLoad(500, 0, 0, 10, 0, 0), POLICY));
  }

  @Test
  void a_wider_lane_has_helped_when_less_waits_or_it_will_soon_be_done() {
    assertTrue(ScalingRules.hasHelped(load(500, 200), load(499, 200), POLICY));
    assertTrue(ScalingRules.hasHelped(load(500, 200), load(600, 400), POLICY));
    assertFalse(ScalingRules.hasHelped(load(500, 200), load(500, 200), POLICY));
  }
}
