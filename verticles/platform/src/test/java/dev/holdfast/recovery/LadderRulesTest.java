package dev.holdfast.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LadderRulesTest {
  private final Map<RungName, String> guards = new EnumMap<>(RungName.class);

  private Choice choose(int falls) {
    return choose(falls, RecoveryPolicy.shipped());
  }

  private Choice choose(int falls, RecoveryPolicy policy) {
    return LadderRules.choose(
        falls, falls + " crashes", policy, rung -> Optional.ofNullable(guards.get(rung)));
  }

  @Tag("E-070")
  @Test
  void each_fall_climbs_one_rung() {
    List<RungName> taken =
        IntStream.rangeClosed(1, 7).mapToObj(this::choose).map(Choice::rung).toList();

    assertEquals(
        List.of(
            RungName.RESTART,
            RungName.FRESH_RESOURCES,
            RungName.ROLLBACK,
            RungName.QUARANTINE,
            RungName.FAILOVER,
            RungName.FAILOVER,
            RungName.FAILOVER),
        taken);
  }

  @Test
  void a_rung_that_its_guard_refuses_leaves_the_fall_to_the_one_beneath() {
    guards.put(RungName.ROLLBACK, "configuration 4 is proven");

    Choice choice = choose(3);

    assertEquals(RungName.FRESH_RESOURCES, choice.rung());
    assertEquals("fresh resources: 3 crashes", choice.rule());
    assertEquals(
        List.of(
            "failover: from fall 5 on",
            "quarantine: from fall 4 on",
            "rollback: configuration 4 is proven",
            "restart: fresh resources goes further"),
        choice.refused());
  }

  @Test
  void a_restart_is_left_when_everything_else_is_refused() {
    for (RungName rung : RungName.values()) {
      guards.put(rung, "no");
    }

    assertEquals(RungName.RESTART, choose(9).rung());
  }

  @Test
  void a_rung_that_is_switched_off_is_never_taken() {
    Map<RungName, RungPolicy> rungs = new EnumMap<>(RecoveryPolicy.shipped().rungs());
    rungs.put(RungName.FAILOVER, rung(0));

    Choice choice = choose(5, new RecoveryPolicy(rungs));

    assertEquals(RungName.QUARANTINE, choice.rung());
    assertTrue(choice.refused().contains("failover: switched off"));
  }

  @Test
  void a_ladder_whose_rungs_are_out_of_order_is_refused() {
    Map<RungName, RungPolicy> rungs = new EnumMap<>(RecoveryPolicy.shipped().rungs());
    rungs.put(RungName.ROLLBACK, rung(1));
    assertThrows(IllegalArgumentException.class, () -> new RecoveryPolicy(rungs));

    rungs.put(RungName.ROLLBACK, rung(3));
    rungs.put(RungName.RESTART, rung(2));
    assertThrows(IllegalArgumentException.class, () -> new RecoveryPolicy(rungs));
  }

  private static RungPolicy rung(int fromFalls) {
    return new RungPolicy(fromFalls, Duration.ofSeconds(1), Duration.ofSeconds(1));
  }
}
