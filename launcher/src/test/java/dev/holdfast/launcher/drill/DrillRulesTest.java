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
import java.util.Comparator;
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
    return DrillRules.of(evidence(), GOALS);
  }

  private Evidence evidence() {
    return new Evidence(faults, samples, incidents, attempts, letters, orders, troubles);
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

  @Test
  void a_level_that_is_wrong_for_too_long_fails_the_drill() {
    for (int ms = 21_000; ms < 29_000; ms += 100) {
      sample(ms, 0);
      attempt("5", ms, 503, "");
    }
    samples.sort(Comparator.comparing(Sample::at));
    assertEquals(1, score().untrue().size());
    assertTrue(score().untrue().getFirst().contains("orders were refused"), score().toString());
    assertFalse(score().isPassed());
  }

  @Test
  void so_does_one_that_comes_back_too_late() {
    samples.clear();
    sample(0, 0);
    samples.add(new Sample(at(11_500), 2, Set.of("stop of kafka")));
    sample(18_000, 2);
    sample(23_500, 0);
    sample(40_000, 0);
    assertEquals(
        List.of("18.0 s: stop of kafka was over, and the level 0 5500 ms later"), score().untrue());
    assertEquals(5_500, score().faults().getFirst().upMs());
  }

  @Test
  void so_does_a_level_that_is_not_said_soon_after_the_faults_that_lead_to_it() {
    faults.set(
        0,
        new Injected(
            new Planned(10_000, 8_000, "stop", "kafka", "level 2"), at(10_000), at(18_000), ""));
    assertEquals(List.of(), score().untrue());
    samples.set(1, new Sample(at(15_100), 2, Set.of()));
    assertEquals(
        List.of("10.0 s: stop of kafka began, and within 5 s nothing said level 2"),
        score().untrue());
  }

  @Test
  void a_fault_that_comes_later_on_the_way_to_a_level_is_not_waited_for() {
    faults.set(
        0,
        new Injected(
            new Planned(10_000, 8_000, "stop", "kafka", "level 2"), at(10_000), at(18_000), ""));
    faults.add(
        new Injected(
            new Planned(15_000, 1_000, "journal-corrupt", "journal", "level 2"),
            at(15_000),
            at(15_000),
            ""));
    assertEquals(List.of(), score().untrue());
  }

  @Test
  void an_attempt_that_outlives_its_fault_is_the_faults_error_and_nobody_elses() {
    faults.add(injected("slow", "order", 36_000, 3_000, ""));
    attempts.add(new Attempt("/orders", "6", at(17_000), at(37_000), 0, "", false));
    attempts.add(new Attempt("/orders", "7", at(9_900), at(12_000), 503, "", false));
    assertEquals(List.of(4L, 0L, 0L), score().faults().stream().map(one -> one.errors()).toList());
    assertEquals(0, score().errorsApart());
  }

  @Test
  void an_error_while_nothing_is_broken_is_told_apart() {
    attempt("6", 3_000, 503, "");
    assertEquals(1, score().errorsApart());
    assertEquals(2, score().faults().getFirst().errors());
  }

  @Test
  void a_climb_is_told_with_its_highest_rung_and_the_proof_of_its_end() {
    incidents.set(0, new Seen("order", "restart", at(30_040), null));
    incidents.add(new Seen("order", "fresh resources", at(30_100), at(30_700)));
    Score.OfFault crash = score().faults().getLast();
    assertEquals("fresh resources", crash.rung());
    assertEquals(40, crash.detectedMs());
    assertEquals(700, crash.provenMs());
  }

  @Test
  void a_dead_letter_is_a_goal_when_it_was_replayed() {
    List<Goal> goals = List.of(new Goal("dead letter", List.of()));
    faults.add(injected("poison", "order", 33_000, 1_000, ""));
    letters.add(new Letter(1, at(33_500), null));
    assertEquals(List.of("dead letter"), DrillRules.of(evidence(), goals).missed());
    letters.set(0, new Letter(1, at(33_500), at(35_000)));
    Score score = DrillRules.of(evidence(), goals);
    assertEquals(List.of("dead letter"), score.reached());
    assertEquals(1, score.lettersReplayed());
    assertEquals(500, score.faults().getLast().detectedMs());
    assertEquals(2_000, score.faults().getLast().provenMs());
  }
}
