package dev.holdfast.launcher.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.days.Attempts.Attempt;
import dev.holdfast.launcher.drill.Evidence.Sample;
import dev.holdfast.launcher.drill.TruthRules.Answer;
import dev.holdfast.launcher.drill.TruthRules.Return;
import dev.holdfast.launcher.drill.TruthRules.Untruth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Levels that were said, and orders beside them: which levels were true. */
class TruthRulesTest {
  private static final Instant BEGIN = Instant.parse("2026-11-01T10:00:00Z");

  private final List<Sample> samples = new ArrayList<>();
  private final List<Attempt> orders = new ArrayList<>();

  private static Instant at(long ms) {
    return BEGIN.plusMillis(ms);
  }

  /** Ten times a second. */
  private void said(int level, int fromMs, int toMs, String... active) {
    for (int ms = fromMs; ms < toMs; ms += 100) {
      samples.add(new Sample(at(ms), level, Set.of(active)));
    }
  }

  /** Ten a second. */
  private void answered(int status, boolean intent, int fromMs, int toMs) {
    for (int ms = fromMs; ms < toMs; ms += 100) {
      orders.add(new Attempt("/orders", "k" + ms, at(ms), at(ms + 50), status, "", intent));
    }
  }

  private List<Untruth> untruths() {
    return TruthRules.untruths(samples, orders);
  }

  @Tag("E-249")
  @Test
  void a_level_that_falls_and_rises_within_five_seconds_is_true() {
    said(0, 0, 4_000);
    said(1, 4_000, 16_000);
    said(0, 16_000, 20_000);
    answered(201, false, 0, 1_000);
    answered(503, false, 1_000, 4_000);
    answered(202, true, 4_000, 12_000);
    answered(201, false, 12_000, 20_000);
    assertEquals(List.of(), untruths());
    assertEquals(2, TruthRules.wrongs(samples, orders).size());
  }

  @Test
  void orders_that_are_refused_at_a_level_that_takes_them_make_it_untrue() {
    for (int level : List.of(0, 1, 2)) {
      samples.clear();
      orders.clear();
      said(level, 0, 20_000);
      answered(503, false, 5_000, 11_000);
      Untruth only = untruths().getFirst();
      assertEquals(1, untruths().size());
      assertEquals(Duration.ofSeconds(6), only.length());
      assertEquals(Answer.REFUSED, only.answer());
      assertEquals(level, only.level());
    }
  }

  @Test
  void so_do_orders_that_are_acknowledged_at_one_that_can_keep_none() {
    for (int level : List.of(3, 4)) {
      samples.clear();
      orders.clear();
      said(level, 0, 20_000);
      answered(202, true, 1_000, 7_500);
      assertEquals(1, untruths().size());
    }
  }

  @Test
  void so_do_intents_at_a_level_that_confirms_and_confirmed_orders_at_one_that_does_not() {
    said(2, 0, 10_000, "freeze of postgres");
    answered(202, true, 0, 10_000);
    assertEquals(Answer.INTENT, untruths().getFirst().answer());
    samples.clear();
    orders.clear();
    said(1, 0, 10_000);
    answered(201, false, 0, 10_000);
    assertEquals(Answer.CONFIRMED, untruths().getFirst().answer());
  }

  @Test
  void an_intent_is_kept_at_every_level_that_takes_orders_when_the_database_only_is_slow() {
    said(0, 0, 10_000, "slow of order");
    answered(202, true, 0, 10_000);
    assertEquals(List.of(), untruths());
  }

  @Test
  void five_seconds_are_borne_and_a_change_between_begins_anew() {
    said(0, 0, 20_000);
    answered(503, false, 0, 5_000);
    answered(201, false, 5_000, 6_000);
    answered(0, false, 6_000, 11_000);
    assertEquals(List.of(), untruths());
  }

  @Test
  void a_second_without_an_answer_ends_nothing() {
    said(0, 0, 20_000);
    answered(503, false, 0, 3_000);
    answered(503, false, 5_000, 7_000);
    assertEquals(Duration.ofSeconds(7), untruths().getFirst().length());
  }

  @Test
  void a_few_that_fail_among_many_make_no_level_untrue() {
    said(0, 0, 20_000);
    answered(201, false, 0, 20_000);
    answered(201, false, 0, 20_000);
    answered(503, false, 0, 20_000);
    assertEquals(List.of(), untruths());
  }

  @Test
  void refusals_that_are_the_customers_own_say_nothing() {
    said(0, 0, 20_000);
    answered(422, false, 0, 20_000);
    assertEquals(List.of(), untruths());
    samples.clear();
    orders.clear();
    said(4, 0, 20_000);
    answered(409, false, 0, 20_000);
    assertEquals(1, untruths().size(), "a decided refusal is an answer of the database");
  }

  @Test
  void nobody_who_says_a_level_says_no_wrong_one() {
    said(Sample.SILENT, 0, 20_000);
    answered(503, false, 0, 20_000);
    assertEquals(List.of(), untruths());
  }

  private Return end() {
    List<Return> returns = TruthRules.returns(samples);
    assertEquals(1, returns.size());
    return returns.getFirst();
  }

  @Tag("E-249")
  @Test
  void a_level_that_is_up_within_five_seconds_of_the_end_is_in_time() {
    said(1, 0, 10_000, "cut of postgres");
    said(1, 10_000, 14_900);
    said(0, 14_900, 20_000);
    assertEquals(4_900, end().up().orElseThrow().toMillis());
    assertEquals(at(10_000), end().ended());
    assertFalse(end().isLate());
  }

  @Test
  void one_that_is_not_is_late_whether_it_comes_or_not() {
    said(1, 0, 10_000, "cut of postgres");
    said(1, 10_000, 15_200);
    assertTrue(end().isLate());
    said(0, 15_200, 20_000);
    assertEquals(5_200, end().up().orElseThrow().toMillis());
    assertTrue(end().isLate());
  }

  @Test
  void one_that_something_else_keeps_down_is_not_late() {
    said(1, 0, 10_000, "cut of postgres");
    said(1, 10_000, 13_000);
    said(2, 13_000, 20_000, "cut of kafka");
    assertFalse(end().isLate());
    assertTrue(end().up().isEmpty());
  }

  @Test
  void nor_is_one_that_was_down_before_and_for_another_reason() {
    said(0, 0, 1_000, "stop of kafka");
    said(2, 1_000, 3_000);
    said(1, 3_000, 10_000, "cut of postgres");
    said(2, 10_000, 20_000);
    assertFalse(TruthRules.returns(samples).getLast().isLate());
  }

  @Test
  void a_level_that_never_fell_is_up_at_once() {
    said(0, 0, 10_000, "slow of order");
    said(0, 10_000, 20_000);
    assertEquals(Duration.ZERO, end().up().orElseThrow());
  }
}
