package dev.holdfast.degradation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Modes: by level, by load, and the way back. */
class ModeTest {
  private final DegradationStage stage = new DegradationStage(false).calm();
  private final Degradation degradation = stage.degradation;

  private List<Mode> path() {
    return stage.modes.stream().map(ModeChange::to).toList();
  }

  private static Mode of(double errors, double latency, double queue) {
    return ModeRules.of(
        new Load(1_000, errors, latency, queue), DegradationStage.THRESHOLDS, Mode.NORMAL);
  }

  @Tag("E-061")
  @Test
  void every_level_has_its_mode() {
    assertEquals(
        List.of(Mode.NORMAL, Mode.DEGRADED, Mode.DEGRADED, Mode.MINIMAL, Mode.EMERGENCY),
        List.of(Level.values()).stream().map(Level::mode).toList());
    stage.probe(Set.of(Capability.KAFKA_IN), 3);
    assertEquals(Mode.DEGRADED, stage.mode());
    stage.probe(Set.of(Capability.KAFKA_IN, Capability.PG_WRITE), 3);
    assertEquals(Mode.MINIMAL, stage.mode());
    stage.probe(DegradationStage.STORES, 3);
    assertEquals(Mode.EMERGENCY, stage.mode());
  }

  @Tag("E-063")
  @Test
  void every_kind_of_load_has_its_thresholds_and_the_worst_counts() {
    assertEquals(Mode.NORMAL, of(19, 999, 1_999));
    assertEquals(Mode.DEGRADED, of(20, 0, 0));
    assertEquals(Mode.DEGRADED, of(0, 1_000, 0));
    assertEquals(Mode.DEGRADED, of(0, 0, 2_000));
    assertEquals(Mode.MINIMAL, of(20, 2_000, 2_000));
    assertEquals(Mode.EMERGENCY, of(80, 0, 2_000));
  }

  @Test
  void a_handful_of_commands_says_nothing_of_errors_or_latency() {
    Load few = new Load(49, 100, 9_000, 0);
    assertEquals(Mode.NORMAL, ModeRules.of(few, DegradationStage.THRESHOLDS, Mode.NORMAL));
  }

  @Test
  void a_load_must_fall_well_below_a_threshold_to_leave_it() {
    Load just = new Load(1_000, 0, 0, 1_500);
    Load calm = new Load(1_000, 0, 0, 1_300);
    assertEquals(Mode.DEGRADED, ModeRules.of(just, DegradationStage.THRESHOLDS, Mode.DEGRADED));
    assertEquals(Mode.DEGRADED, ModeRules.of(just, DegradationStage.THRESHOLDS, Mode.EMERGENCY));
    assertEquals(Mode.NORMAL, ModeRules.of(calm, DegradationStage.THRESHOLDS, Mode.DEGRADED));
    assertEquals(Mode.NORMAL, ModeRules.of(just, DegradationStage.THRESHOLDS, Mode.NORMAL));
  }

  @Tag("E-064")
  @Test
  void it_worsens_at_once_and_comes_back_step_by_step() {
    degradation.loaded(new Load(1_000, 90, 0, 0));
    assertEquals(Mode.EMERGENCY, stage.mode());
    assertTrue(degradation.standing().loadReasons().getFirst().startsWith("error percent 90"));
    degradation.loaded(Load.NONE);
    assertEquals(Mode.EMERGENCY, stage.mode());
    stage.pass(Duration.ofSeconds(10));
    assertEquals(List.of(Mode.EMERGENCY, Mode.MINIMAL, Mode.DEGRADED, Mode.NORMAL), path());
    for (int step = 1; step < stage.modes.size(); step++) {
      Duration stayed =
          Duration.between(stage.modes.get(step - 1).at(), stage.modes.get(step).at());
      assertTrue(stayed.compareTo(Duration.ofSeconds(2)) >= 0, stayed.toString());
    }
    assertEquals(List.of(), stage.modes.getLast().reasons());
  }

  @Test
  void level_and_load_together_count_with_the_worse() {
    degradation.loaded(new Load(1_000, 0, 2_500, 0));
    assertEquals(Mode.MINIMAL, stage.mode());
    stage.probe(Set.of(Capability.KAFKA_IN), 3);
    assertEquals(Mode.MINIMAL, stage.mode());
    stage.probe(DegradationStage.STORES, 3);
    assertEquals(Mode.EMERGENCY, stage.mode());
  }
}
