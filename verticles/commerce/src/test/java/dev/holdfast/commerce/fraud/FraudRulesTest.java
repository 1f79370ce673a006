package dev.holdfast.commerce.fraud;

import static dev.holdfast.commerce.fraud.Orders.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.commerce.fraud.Facts.Past;
import dev.holdfast.commerce.fraud.FraudProtocol.Assessed;
import dev.holdfast.commerce.fraud.FraudProtocol.Kind;
import dev.holdfast.commerce.fraud.FraudProtocol.Level;
import dev.holdfast.commerce.fraud.FraudProtocol.Reason;
import dev.holdfast.commerce.fraud.FraudProtocol.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FraudRulesTest {
  private final FraudRules rules = new FraudRules(RuleBookFile.shipped());
  private final Orders order = Orders.of(1, new UUID(1, 1));

  @Test
  void an_order_beyond_suspicion_is_approved_without_reasons() {
    Assessed assessed = judge(order);
    assertEquals(0, assessed.score());
    assertEquals(Verdict.APPROVED, assessed.verdict());
    assertEquals(List.of(), assessed.reasons());
  }

  @Test
  void an_amount_gives_a_point_for_each_full_hundred_above_a_thousand_and_30_at_most() {
    assertEquals(0, judge(order.of(1_000_00)).score());
    assertEquals(0, judge(order.of(1_099_99)).score());
    assertEquals(1, judge(order.of(1_100_00)).score());
    assertEquals(29, judge(order.of(3_999_99)).score());
    assertEquals(30, judge(order.of(4_000_00)).score());
    assertEquals(30, judge(order.of(77_183_60)).score());
  }

  @Test
  void the_sixth_order_within_a_day_counts_itself_and_the_five_before() {
    assertEquals(0, judge(order, past(4, Duration.ofHours(1))).score());
    assertEquals(List.of(new Reason("many_orders", 18)), judge(order, past(5, hours(1))).reasons());
    assertEquals(24, judge(order, past(7, hours(1))).score());
    assertEquals(25, judge(order, past(20, hours(1))).score());
  }

  @Test
  void an_order_exactly_a_day_old_has_left_the_window() {
    List<Past> past = past(4, hours(1));
    past.add(new Past(NOON.minus(hours(24)), "tok_1"));
    assertEquals(0, judge(order, past).score());
    past.add(new Past(NOON.minus(hours(24)).plusMillis(1), "tok_1"));
    assertEquals(18, judge(order, past).score());
  }

  @Test
  void orders_placed_later_do_not_count() {
    assertEquals(0, judge(order, past(9, hours(-1))).score());
  }

  @Test
  void three_changes_of_the_payment_method_in_a_week_count_and_two_do_not() {
    assertEquals(0, judge(order.paidBy("c"), paid("a", "a", "b")).score());
    assertEquals(
        List.of(new Reason("payment_method_changes", 15)),
        judge(order.paidBy("a"), paid("a", "b", "c")).reasons());
    assertEquals(0, judge(order.paidBy("a"), List.of(at(8, "b"), at(7, "c"), at(2, "d"))).score());
  }

  @Test
  void the_caller_the_countries_and_a_new_account_count() {
    assertEquals(40, judge(order.from("GB", "GB", true)).score());
    assertEquals(20, judge(order.from("GB", "FR", false)).score());
    assertEquals(0, judge(order.from(null, "FR", false)).score());
    assertEquals(15, judge(order.by("1", null, NOON.minus(hours(23)))).score());
    assertEquals(15, judge(order.by("1", null, NOON)).score());
    assertEquals(0, judge(order.by("1", null, NOON.minus(hours(24)))).score());
    assertEquals(0, judge(order.by(null, null, null)).score());
  }

  @Test
  void levels_begin_at_25_50_and_75() {
    assertLevel(24, Level.LOW, Verdict.APPROVED);
    assertLevel(25, Level.MEDIUM, Verdict.FLAGGED);
    assertLevel(49, Level.MEDIUM, Verdict.FLAGGED);
    assertLevel(50, Level.HIGH, Verdict.REVIEW);
    assertLevel(74, Level.HIGH, Verdict.REVIEW);
    assertLevel(75, Level.CRITICAL, Verdict.BLOCKED);
  }

  private static void assertLevel(int score, Level level, Verdict verdict) {
    Level actual = RuleBookFile.shipped().levels().of(score);
    assertEquals(level, actual);
    assertEquals(verdict, RuleBook.Levels.verdict(actual));
  }

  @Test
  void all_together_score_no_more_than_100() {
    Orders worst = order.of(9_000_00).from("GB", "FR", true).by("1", null, NOON).paidBy("z");
    List<Past> past = new ArrayList<>(past(9, hours(1)));
    past.addAll(paid("a", "b", "c"));
    Assessed assessed = judge(worst, past);
    assertEquals(100, assessed.score());
    assertEquals(6, assessed.reasons().size());
  }

  @Test
  void who_is_blocked_scores_100_with_the_reason() {
    Assessed assessed =
        rules.judge(new Facts(order.assess(), List.of(), Set.of(Kind.PAYMENT_METHOD)));
    assertEquals(Verdict.BLOCKED, assessed.verdict());
    assertEquals(List.of(new Reason("blocked_payment_method", 100)), assessed.reasons());
  }

  private Assessed judge(Orders judged) {
    return judge(judged, List.of());
  }

  private Assessed judge(Orders judged, List<Past> past) {
    return rules.judge(new Facts(judged.assess(), past, Set.of()));
  }

  private static List<Past> past(int orders, Duration before) {
    List<Past> past = new ArrayList<>();
    for (int i = 0; i < orders; i++) {
      past.add(new Past(NOON.minus(before), "tok_1"));
    }
    return past;
  }

  private static List<Past> paid(String... methods) {
    List<Past> past = new ArrayList<>();
    for (int i = 0; i < methods.length; i++) {
      past.add(at(methods.length - i, methods[i]));
    }
    return past;
  }

  private static Past at(int daysBefore, String method) {
    Instant placedAt = NOON.minus(Duration.ofDays(daysBefore));
    return new Past(placedAt, method);
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }
}
