package dev.holdfast.degradation;

import static dev.holdfast.degradation.Capability.JOURNAL;
import static dev.holdfast.degradation.Capability.KAFKA_IN;
import static dev.holdfast.degradation.Capability.KAFKA_OUT;
import static dev.holdfast.degradation.Capability.PG_READ;
import static dev.holdfast.degradation.Capability.PG_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DegradationTest {
  private static final Set<Capability> ALL = EnumSet.allOf(Capability.class);
  private static final Set<Capability> STORES = EnumSet.complementOf(EnumSet.of(JOURNAL));
  private static final List<AgentNeeds> AGENTS =
      List.of(
          AgentNeeds.ofStores("order", true),
          AgentNeeds.ofStores("product", false),
          new AgentNeeds("documents", false, Set.of(PG_READ)));

  private Instant now = Instant.parse("2026-11-02T08:00:00Z");
  private final Degradation degradation = new Degradation(AGENTS, now);

  @Tag("E-053")
  @Tag("E-055")
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
  void nothing_is_claimed_before_the_first_probe() {
    assertEquals(Level.FAILED, degradation.standing().level());
    assertEquals("not probed yet", degradation.standing().reasons().getFirst().text());

    allUp();

    assertEquals(Level.FULL, degradation.standing().level());
    assertEquals(List.of(), degradation.standing().reasons());
  }

  @Tag("E-068")
  @Test
  void the_third_lost_probe_in_a_row_lowers_the_level_and_the_fifth_good_one_lifts_it() {
    allUp();
    probe(KAFKA_OUT, false, 2);
    probe(KAFKA_OUT, true, 1);
    probe(KAFKA_OUT, false, 2);
    assertEquals(Level.FULL, degradation.standing().level());

    probe(KAFKA_OUT, false, 1);
    Standing lowered = degradation.standing();
    assertEquals(Level.KAFKA_UNAVAILABLE, lowered.level());
    assertEquals(now, lowered.since());
    assertEquals(
        List.of(new Standing.Reason("kafka_out", now, "kafka_out said false")), lowered.reasons());

    probe(KAFKA_OUT, true, 4);
    probe(KAFKA_OUT, false, 1);
    probe(KAFKA_OUT, true, 4);
    assertEquals(Level.KAFKA_UNAVAILABLE, degradation.standing().level());
    assertEquals(lowered.since(), degradation.standing().since());

    probe(KAFKA_OUT, true, 1);
    assertEquals(Level.FULL, degradation.standing().level());
  }

  @Test
  void the_platform_is_as_bad_as_its_worst_critical_agent() {
    allUp();
    assertTrue(degradation.parked("product", "6 of 5 crashes in 60 s", now).isEmpty());
    assertEquals(Level.FULL, degradation.standing().level());
    assertEquals(Level.FAILED, degradation.standing().agents().get("product"));

    LevelChange change = degradation.parked("order", "6 of 5 crashes in 60 s", now).orElseThrow();
    assertEquals(Level.FULL, change.from());
    assertEquals(Level.FAILED, change.to());
    assertEquals(2, change.reasons().size());

    degradation.unparked("order", now);
    assertEquals(Level.FULL, degradation.standing().level());
  }

  @Test
  void each_agent_has_a_level_of_its_own() {
    allUp();
    probe(KAFKA_IN, false, 3);

    assertEquals(
        Map.of(
            "order", Level.KAFKA_UNAVAILABLE,
            "product", Level.KAFKA_UNAVAILABLE,
            "documents", Level.FULL),
        degradation.standing().agents());
  }

  @Test
  void a_hundred_changes_are_remembered() {
    allUp();
    for (int change = 0; change < 60; change++) {
      probe(PG_WRITE, false, 3);
      probe(PG_WRITE, true, 5);
    }
    assertEquals(Degradation.CHANGES_LIMIT, degradation.changes().size());
    assertEquals(Level.FULL, degradation.changes().getLast().to());
  }

  private void allUp() {
    for (Capability capability : Capability.values()) {
      probe(capability, true, 1);
    }
  }

  private void probe(Capability capability, boolean up, int times) {
    for (int probe = 0; probe < times; probe++) {
      now = now.plus(Duration.ofMillis(500));
      degradation.probed(capability, up, capability.label() + " said " + up, now);
    }
  }
}
