package dev.holdfast.launcher.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.days.Attempts.Attempt;
import dev.holdfast.launcher.drill.Evidence.Injected;
import dev.holdfast.launcher.drill.Evidence.Letter;
import dev.holdfast.launcher.drill.Evidence.Recorded;
import dev.holdfast.launcher.drill.Evidence.Sample;
import dev.holdfast.launcher.drill.Evidence.Seen;
import dev.holdfast.launcher.drill.Plan.Planned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Planted drills: a good one passes, and each thing that is wrong with another is found. */
class DrillRulesTest {
  private static final Instant BEGIN = Instant.parse("2026-11-01T10:00:00Z");
  private static final List<Goal> GOALS =
      List.of(
          new Goal("level 0", List.of()),
          new Goal("level 2", List.of(new Goal.Step("stop", "kafka", 8_000))),
          new Goal("restart", List.of(new Goal.Step("crash", "order", 1_000))));

  private final List<Injected> faults = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private final List<Seen> incidents = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Letter> letters = new ArrayList<>();
  private final Map<String, Recorded> orders = new HashMap<>();
  private final List<String> troubles = new ArrayList<>();

  /** A drill as it should be. */
  DrillRulesTest() {
    faults.add(injected("stop", "kafka", 10_000, 8_000, ""));
    faults.add(injected("crash", "order", 30_000, 0, ""));
    sample(0, 0);
    sample(11_500, 2);
    sample(19_000, 2);
    sample(20_000, 0);
    sample(40_000, 0);
    incidents.add(new Seen("order", "restart", at(30_040), at(30_300)));
    attempt("1", 1_000, 201, "a");
    attempt("2", 12_000, 0, "");
    attempt("2", 13_000, 503, "");
    attempt("2", 14_000, 201, "b");
    attempt("3", 31_000, 409, "c");
    orders.put("1", new Recorded("a", "DELIVERED"));
    orders.put("2", new Recorded("b", "DELIVERED"));
    orders.put("3", new Recorded("c", "REFUSED"));
  }

  private static Instant at(long ms) {
    return BEGIN.plusMillis(ms);
  }

  private static Injected injected(
      String fault, String target, int atMs, int forMs, String refused) {
    return new Injected(
        new Planned(atMs, forMs, fault, target, ""), at(atMs), at(atMs + forMs), refused);
  }

  private void sample(long ms, int level) {
    samples.add(new Sample(at(ms), level, Set.of()));
  }

  private void attempt(String number, long ms, int status, String id) {
    attempts.add(new Attempt("/orders", number, at(ms), at(ms + 50), status, id, false));
  }

  private Score score() {
    return DrillRules.of(
        new Evidence(faults, samples, incidents, attempts, letters, orders, troubles), GOALS);
  }

  @Tag("E-249")
  @Test
  void a_good_drill_passes_and_tells_what_came_of_each_fault() {
    Score score = score();
    assertTrue(score.isPassed(), score.toString());
    assertEquals(Map.of("ok", 2L, "refused", 1L, "unknown", 0L), score.requests());
    assertEquals(List.of("level 0", "level 2", "restart"), score.reached());
    Score.OfFault kafka = score.faults().getFirst();
    assertEquals(2, kafka.worstLevel());
    assertEquals(1_500, kafka.detectedMs());
    assertEquals(10_000, kafka.provenMs());
    assertEquals(2, kafka.errors());
    Score.OfFault crash = score.faults().getLast();
    assertEquals(40, crash.detectedMs());
    assertEquals(300, crash.provenMs());
    assertEquals(0, crash.errors());
  }

  @Test
  void a_confirmed_order_that_is_not_there_is_lost() {
    orders.remove("2");
    assertEquals(List.of("2"), score().lost());
    assertFalse(score().isPassed());
  }

  @Test
  void a_refused_one_that_is_not_there_is_lost_too() {
    orders.remove("3");
    assertEquals(List.of("3"), score().lost());
  }

  @Test
  void an_order_that_was_answered_under_two_ids_is_there_twice() {
    attempt("1", 15_000, 201, "another");
    assertEquals(List.of("1"), score().duplicated());
    assertFalse(score().isPassed());
  }

  @Test
  void so_is_one_that_is_recorded_under_another_id_than_was_told() {
    orders.put("1", new Recorded("another", "DELIVERED"));
    assertEquals(List.of("1"), score().duplicated());
  }

  @Test
  void a_refused_order_that_goes_on_is_contradicted() {
    orders.put("3", new Recorded("c", "DELIVERED"));
    assertEquals(List.of("3"), score().contradicted());
    assertFalse(score().isPassed());
  }

  @Test
  void an_order_that_was_never_answered_may_be_there_or_not() {
    attempt("4", 16_000, 504, "");
    assertTrue(score().isPassed());
    orders.put("4", new Recorded("d", "DELIVERED"));
    assertTrue(score().isPassed());
    assertEquals(1, score().requests().get("unknown"));
  }

  @Test
  void a_level_that_stays_at_0_fails_the_drill() {
    samples.replaceAll(sample -> new Sample(sample.at(), 0, Set.of()));
    assertEquals(List.of("level 2"), score().missed());
    assertFalse(score().isPassed());
  }

  @Test
  void a_level_that_does_not_come_back_fails_the_drill() {
    sample(50_000, 2);
    assertEquals(List.of("the level did not come back to 0"), score().troubles());
  }

  @Test
  void a_restart_that_was_never_proven_is_not_reached() {
    incidents.set(0, new Seen("order", "restart", at(30_040), null));
    assertEquals(List.of("restart"), score().missed());
  }

  @Test
  void a_fault_that_did_not_begin_fails_the_drill() {
    faults.add(injected("cut", "postgres", 35_000, 1_000, "no proxy"));
    assertEquals(List.of("cut of postgres did not begin: no proxy"), score().troubles());
  }

  @Test
  void a_drill_in_which_nothing_happens_fails() {
    faults.clear();
    attempts.clear();
    assertEquals(List.of("no fault was planned", "no order was confirmed"), score().troubles());
  }

  @Test
  void books_that_do_not_balance_fail_the_drill() {
    troubles.add("captured 1 more than the provider");
    assertFalse(score().isPassed());
  }
}
