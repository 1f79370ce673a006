package dev.holdfast.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.deadletter.ReplayRules.Candidate;
import dev.holdfast.deadletter.ReplayRules.Held;
import dev.holdfast.deadletter.ReplayRules.Plan;
import dev.holdfast.deadletter.ReplayRules.Stage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayRulesTest {
  private static Candidate wanted(long number, String key) {
    return new Candidate(number, key, true, 1);
  }

  private static Candidate other(long number, String key) {
    return new Candidate(number, key, false, 1);
  }

  private static Candidate behind(long number, String key) {
    return new Candidate(number, key, false, 0);
  }

  private static List<Long> numbers(Plan plan) {
    return plan.replay().stream().map(Candidate::number).toList();
  }

  @Test
  void what_is_meant_is_asked_in_the_order_of_its_numbers() {
    Plan plan =
        ReplayRules.plan(List.of(wanted(1, "a"), wanted(2, "b"), wanted(3, "a")), Map.of(), false);
    assertEquals(List.of(1L, 2L, 3L), numbers(plan));
    assertTrue(plan.held().isEmpty());
  }

  @Test
  void a_letter_of_another_cause_holds_back_what_came_later_under_its_key_and_nothing_else() {
    Plan plan =
        ReplayRules.plan(
            List.of(wanted(1, "a"), other(2, "a"), wanted(3, "a"), wanted(4, "b")), Map.of(), true);
    assertEquals(List.of(1L, 4L), numbers(plan));
    assertEquals(List.of(new Held(3, "a", 2)), plan.held());
    assertEquals(Map.of("a", 2L), plan.blocked());
  }

  @Test
  void letters_that_never_broke_go_along_with_a_cause_and_with_nothing_else() {
    List<Candidate> letters = List.of(wanted(1, "a"), behind(2, "a"), wanted(3, "a"));
    assertEquals(List.of(1L, 2L, 3L), numbers(ReplayRules.plan(letters, Map.of(), true)));
    Plan alone = ReplayRules.plan(letters, Map.of(), false);
    assertEquals(List.of(1L), numbers(alone));
    assertEquals(List.of(new Held(3, "a", 2)), alone.held());
  }

  @Test
  void a_key_that_an_earlier_page_blocked_stays_blocked() {
    Plan plan = ReplayRules.plan(List.of(wanted(7, "a")), Map.of("a", 2L), false);
    assertEquals(List.of(), numbers(plan));
    assertEquals(List.of(new Held(7, "a", 2)), plan.held());
  }

  @Test
  void one_is_risked_then_ten_then_all() {
    assertEquals(Stage.ONE, ReplayRules.stageAt(0));
    assertEquals(Stage.TEN, ReplayRules.stageAt(1));
    assertEquals(Stage.TEN, ReplayRules.stageAt(10));
    assertEquals(Stage.ALL, ReplayRules.stageAt(11));
    assertEquals(Stage.TEN, Stage.ONE.next());
    assertEquals(Stage.ALL, Stage.TEN.next());
    assertEquals(Stage.ALL, Stage.ALL.next());
  }

  @Test
  void two_letters_of_one_key_are_never_asked_at_the_same_time() {
    ReplayQueue queue = new ReplayQueue();
    queue.add(List.of(wanted(1, "a"), wanted(2, "a"), wanted(3, "b"), wanted(4, "c")));
    assertEquals(List.of(1L, 3L), queue.take(2));
    assertEquals(List.of(2L, 4L), queue.take(10));
    assertTrue(queue.isEmpty());
  }
}
