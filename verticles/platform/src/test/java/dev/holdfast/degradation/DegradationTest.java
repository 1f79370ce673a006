package dev.holdfast.degradation;

import static dev.holdfast.degradation.Capability.JOURNAL;
import static dev.holdfast.degradation.Capability.KAFKA_IN;
import static dev.holdfast.degradation.Capability.KAFKA_OUT;
import static dev.holdfast.degradation.Capability.PG_READ;
import static dev.holdfast.degradation.Capability.PG_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Levels: what they follow from, when they change, and what is said of it. */
class DegradationTest {
  private static final Set<Capability> ALL = EnumSet.allOf(Capability.class);
  private static final Set<Capability> STORES = DegradationStage.STORES;
  private static final Set<Capability> PG = EnumSet.of(PG_WRITE, PG_READ);

  private final DegradationStage stage = new DegradationStage(false);
  private final Degradation degradation = stage.degradation;

  private List<Level> path() {
    return stage.ofPlatform.stream().map(LevelChange::to).toList();
  }

  @Tag("E-053")
  @Tag("E-055")
  @Tag("E-056")
  @Tag("E-057")
  @Tag("E-058")
  @Test
  void each_set_of_what_is_down_has_its_level() {
    assertEquals(Level.FULL, LevelRules.agent(ALL, Set.of()));
    assertEquals(Level.FULL, LevelRules.agent(ALL, Set.of(JOURNAL)));
    assertEquals(Level.DATABASE_FALLBACK, LevelRules.agent(ALL, Set.of(PG_WRITE)));
    assertEquals(Level.DATABASE_FALLBACK, LevelRules.agent(ALL, Set.of(PG_WRITE, PG_READ)));
    assertEquals(Level.KAFKA_UNAVAILABLE, LevelRules.agent(ALL, Set.of(KAFKA_OUT)));
    assertEquals(Level.KAFKA_UNAVAILABLE, LevelRules.agent(ALL, Set.of(KAFKA_IN, JOURNAL)));
    assertEquals(Level.SEVERAL_DOWN, LevelRules.agent(ALL, Set.of(PG_WRITE, KAFKA_OUT)));
    assertEquals(Level.SEVERAL_DOWN, LevelRules.agent(ALL, Set.of(PG_WRITE, JOURNAL)));
    assertEquals(Level.FAILED, LevelRules.agent(ALL, Set.of(PG_WRITE, PG_READ, JOURNAL)));
    assertEquals(Level.FAILED, LevelRules.agent(ALL, ALL));
  }

  @Tag("E-058")
  @Tag("E-059")
  @Test
  void without_a_journal_no_agent_says_that_it_takes_intents() {
    assertEquals(Level.SEVERAL_DOWN, LevelRules.agent(STORES, Set.of(PG_WRITE)));
    assertEquals(Level.FAILED, LevelRules.agent(STORES, Set.of(PG_WRITE, PG_READ)));
  }

  @Test
  void what_an_agent_does_not_need_does_not_lower_it() {
    assertEquals(Level.FULL, LevelRules.agent(Set.of(PG_READ), EnumSet.of(KAFKA_OUT, PG_WRITE)));
    assertEquals(Level.FULL, LevelRules.agent(Set.of(), ALL));
  }

  @Test
  void nothing_is_claimed_before_the_first_probe_and_then_all_at_once() {
    assertEquals(Level.FAILED, stage.level());
    assertEquals("not probed yet", degradation.standing().reasons().getFirst().text());

    stage.probe(Set.of(), 1);

    assertEquals(Level.FULL, stage.level());
    assertEquals(Mode.NORMAL, stage.mode());
    assertEquals(List.of(), degradation.standing().reasons());
  }

  @Tag("E-252")
  @Test
  void a_start_before_the_broker_is_level_2_at_once_and_0_when_it_comes() {
    stage.probe(EnumSet.of(KAFKA_OUT, KAFKA_IN), 1);
    assertEquals(Level.KAFKA_UNAVAILABLE, stage.level());
    stage.probe(EnumSet.of(KAFKA_OUT, KAFKA_IN), 100);
    assertEquals(Level.KAFKA_UNAVAILABLE, stage.level());
    stage.probe(Set.of(), 1);
    assertEquals(Level.FULL, stage.level());
  }

  @Test
  void the_third_failure_within_three_seconds_lowers_the_level_also_with_good_ones_between() {
    stage.calm();
    stage.probe(EnumSet.of(KAFKA_OUT), 2);
    stage.probe(Set.of(), 1);
    assertEquals(Level.FULL, stage.level());
    stage.probe(EnumSet.of(KAFKA_OUT), 1);
    Standing lowered = degradation.standing();
    assertEquals(Level.KAFKA_UNAVAILABLE, lowered.level());
    assertEquals(stage.clock.now(), lowered.since());
    assertEquals(
        List.of(new Standing.Reason("kafka_out", stage.clock.now(), "kafka_out said false")),
        lowered.reasons());
  }

  @Test
  void failures_that_lie_further_apart_lower_nothing() {
    stage.calm();
    for (int time = 0; time < 20; time++) {
      stage.probe(EnumSet.of(KAFKA_OUT), 2);
      stage.probe(Set.of(), 5);
    }
    assertEquals(List.of(), path());
  }

  @Tag("E-068")
  @Test
  void five_good_probes_in_a_row_and_a_proof_lift_it_again() {
    stage.calm();
    stage.probe(EnumSet.of(KAFKA_OUT), 20);
    stage.probe(Set.of(), 4);
    assertEquals(Level.KAFKA_UNAVAILABLE, stage.level());
    stage.probe(Set.of(), 1);
    assertEquals(Level.FULL, stage.level());
  }

  @Test
  void one_that_nearly_came_back_and_failed_again_needs_more() {
    stage.calm();
    stage.probe(EnumSet.of(KAFKA_OUT), 20);
    stage.probe(Set.of(), 4);
    stage.probe(EnumSet.of(KAFKA_OUT), 1);
    stage.probe(Set.of(), 9);
    assertEquals(Level.KAFKA_UNAVAILABLE, stage.level());
    stage.probe(Set.of(), 1);
    assertEquals(Level.FULL, stage.level());
  }

  @Test
  void without_its_proof_a_capability_stays_down() {
    stage.calm();
    stage.probe(PG, 10);
    for (int probe = 0; probe < 20; probe++) {
      stage.clock.advance(DegradationStage.PROBE);
      boolean wants = degradation.probed(PG_WRITE, true, "");
      assertEquals(probe >= 4, wants);
      degradation.probed(PG_READ, true, "");
      degradation.update();
    }
    assertEquals(Level.FAILED, stage.level());
    degradation.probed(PG_WRITE, false, "the proof failed");
    degradation.proven(PG_WRITE);
    assertEquals(Level.FAILED, stage.level());
  }

  @Tag("E-064")
  @Test
  void it_rises_step_by_step_over_levels_that_hold_within_five_seconds() {
    stage.calm();
    stage.probe(EnumSet.of(PG_WRITE, PG_READ, KAFKA_IN, KAFKA_OUT), 20);
    assertEquals(Level.FAILED, stage.level());
    stage.ofPlatform.clear();
    Instant back = stage.clock.now();
    stage.pass(Duration.ofSeconds(5));
    assertEquals(List.of(Level.SEVERAL_DOWN, Level.KAFKA_UNAVAILABLE, Level.FULL), path());
    List<LevelChange> steps = stage.ofPlatform;
    for (int step = 1; step < steps.size(); step++) {
      Duration stayed = Duration.between(steps.get(step - 1).at(), steps.get(step).at());
      assertTrue(stayed.compareTo(Hysteresis.standard().levelStep()) >= 0, stayed.toString());
    }
    Duration took = Duration.between(back, steps.getLast().at());
    assertTrue(took.compareTo(Duration.ofSeconds(5)) <= 0, took.toString());
  }

  @Test
  void it_never_says_a_level_that_is_not_kept_even_if_its_number_is_lower() {
    DegradationStage withJournal = new DegradationStage(true).calm();
    withJournal.probe(EnumSet.of(KAFKA_OUT), 20);
    assertEquals(Level.KAFKA_UNAVAILABLE, withJournal.level());
    withJournal.probe(EnumSet.of(PG_WRITE), 2);
    assertEquals(Level.KAFKA_UNAVAILABLE, withJournal.level());
    withJournal.probe(EnumSet.of(PG_WRITE, KAFKA_OUT), 1);
    assertEquals(Level.SEVERAL_DOWN, withJournal.level(), "level 2 says that writes are kept");
    withJournal.probe(EnumSet.of(PG_WRITE), 20);
    assertEquals(Level.DATABASE_FALLBACK, withJournal.level());
    withJournal.pass(Duration.ofSeconds(5));
    assertEquals(Level.FULL, withJournal.level());
    assertFalse(withJournal.ofPlatform.stream().anyMatch(change -> change.to() == Level.FAILED));
  }

  @Test
  void what_flaps_every_two_seconds_for_three_minutes_changes_the_level_once_in_ten_at_most() {
    for (int phaseMs = 0; phaseMs < 500; phaseMs += 50) {
      for (int upMs : new int[] {500, 1_000, 1_500, 1_900, 2_000, 2_100}) {
        flap(phaseMs, upMs, upMs);
        flap(phaseMs, upMs, 4_000 - upMs);
      }
    }
  }

  private static void flap(int phaseMs, int upMs, int downMs) {
    DegradationStage flapping = new DegradationStage(false).calm();
    for (int ms = phaseMs; ms < 180_000; ms += 500) {
      boolean down = ms % (upMs + downMs) >= upMs;
      flapping.probe(down ? PG : Set.of(), 1);
    }
    List<LevelChange> changes = flapping.ofPlatform;
    for (int at = 1; at < changes.size(); at++) {
      Duration apart = Duration.between(changes.get(at - 1).at(), changes.get(at).at());
      assertTrue(
          apart.compareTo(Duration.ofSeconds(10)) >= 0,
          "up %d ms, down %d ms: %s".formatted(upMs, downMs, changes));
    }
  }

  @Test
  void one_that_falls_again_as_soon_as_it_is_up_needs_longer_each_time() {
    stage.calm();
    int[] needed = {5, 10, 20, 20};
    for (int good : needed) {
      stage.probe(EnumSet.of(KAFKA_OUT), 10);
      stage.probe(Set.of(), good - 1);
      assertEquals(Level.KAFKA_UNAVAILABLE, stage.level());
      stage.probe(Set.of(), 1);
      assertEquals(Level.FULL, stage.level());
    }
    stage.pass(Duration.ofSeconds(6));
    stage.probe(EnumSet.of(KAFKA_OUT), 10);
    stage.probe(Set.of(), 5);
    assertEquals(Level.FULL, stage.level(), "what was steady is trusted again");
  }

  @Test
  void the_platform_is_as_bad_as_its_worst_critical_agent() {
    stage.calm();
    degradation.parked("product", "6 of 5 crashes in 60 s");
    assertEquals(Level.FULL, stage.level());
    assertEquals(Level.FAILED, degradation.standing().of("product"));

    degradation.parked("order", "6 of 5 crashes in 60 s");
    LevelChange change = stage.ofPlatform.getLast();
    assertEquals(Level.FULL, change.from());
    assertEquals(Level.FAILED, change.to());
    assertEquals(2, change.reasons().size());

    degradation.unparked("order");
    stage.pass(Duration.ofSeconds(6));
    assertEquals(Level.FULL, stage.level());
    assertEquals(Level.FAILED, degradation.standing().of("product"));
  }

  @Tag("E-060")
  @Test
  void each_agent_has_a_level_of_its_own_and_every_change_is_told() {
    stage.calm();
    stage.probe(EnumSet.of(KAFKA_IN), 3);

    assertEquals(Level.KAFKA_UNAVAILABLE, degradation.standing().of("order"));
    assertEquals(Level.KAFKA_UNAVAILABLE, degradation.standing().of("product"));
    assertEquals(Level.FULL, degradation.standing().of("documents"));
    assertEquals(
        List.of("order", "product"), stage.levels.stream().map(LevelChange::subject).toList());
    assertEquals(1, stage.ofPlatform.size());
  }

  @Test
  void a_hundred_changes_are_remembered() {
    stage.calm();
    for (int change = 0; change < 60; change++) {
      stage.probe(EnumSet.of(KAFKA_OUT), 3);
      stage.pass(Duration.ofSeconds(20));
    }
    assertEquals(Degradation.CHANGES_LIMIT, degradation.changes().size());
    assertEquals(Level.FULL, degradation.changes().getLast().to());
  }
}
