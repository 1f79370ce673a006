package dev.holdfast.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.alert.Answer.Verdict;
import dev.holdfast.alert.Delivery.State;
import dev.holdfast.kernel.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What waits for a receiver, and what follows its answers. */
class DeliveryQueueTest {
  private static final Instant NINE = Instant.parse("2026-11-02T09:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final DeliveryPolicy POLICY =
      new DeliveryPolicy(
          SECOND, new Backoff(SECOND, Duration.ofMinutes(5)), Duration.ofHours(1), 2, 4);

  private final DeliveryQueue queue = new DeliveryQueue(POLICY);

  private static Delivery delivery(String subject, Notification.Transition transition) {
    Alert begun =
        Alert.of(Observation.of("Open", subject, 1, "open"), Severity.ERROR, "n1", NINE).asTold();
    Alert shown =
        transition == Notification.Transition.RESOLVED
            ? begun.ended(NINE, Alert.AUTOMATIC, "")
            : begun;
    return Delivery.of(Notification.of(shown, transition, NINE), "webhook");
  }

  private static Delivery firing(String subject) {
    return delivery(subject, Notification.Transition.FIRING);
  }

  private static Delivery resolved(String subject) {
    return delivery(subject, Notification.Transition.RESOLVED);
  }

  private static Answer later(Duration after) {
    return new Answer(Verdict.LATER, Optional.of(after), "429");
  }

  @Test
  void what_is_told_of_one_alert_is_told_in_order_and_others_pass_it() {
    queue.add(firing("a"));
    queue.add(resolved("a"));
    queue.add(firing("b"));
    assertEquals(List.of(firing("a"), firing("b")), queue.due(NINE));
    assertEquals(List.of(), queue.due(NINE));

    Delivery retried = DeliveryRules.after(firing("a"), Answer.later("500"), SECOND, POLICY, NINE);
    queue.tried(retried);
    assertEquals(List.of(), queue.due(NINE));
    assertEquals(List.of(retried), queue.due(NINE.plus(SECOND)));
    queue.tried(
        DeliveryRules.after(retried, Answer.taken("200"), SECOND, POLICY, NINE.plus(SECOND)));
    assertEquals(List.of(resolved("a")), queue.due(NINE.plus(SECOND)));
  }

  @Test
  void no_more_are_under_way_than_may_be() {
    List.of("a", "b", "c").forEach(subject -> queue.add(firing(subject)));
    assertEquals(2, queue.due(NINE).size());
  }

  @Test
  void a_receiver_that_asks_for_patience_is_left_alone_with_all_that_waits_for_it() {
    queue.add(firing("a"));
    queue.rest(Duration.ofSeconds(30), NINE);
    queue.rest(Duration.ofSeconds(3), NINE);
    assertEquals(List.of(), queue.due(NINE.plusSeconds(29)));
    assertEquals(1, queue.due(NINE.plusSeconds(30)).size());
  }

  @Test
  void what_finds_no_room_waits_as_a_row_and_is_read_when_there_is_room() {
    for (String subject : List.of("a", "b", "c", "d")) {
      assertTrue(queue.add(firing(subject)));
    }
    assertFalse(queue.add(firing("e")));
    assertFalse(queue.wantsMore());
    for (Delivery due : List.of(firing("a"), firing("b"))) {
      queue.tried(DeliveryRules.after(due, Answer.taken("200"), SECOND, POLICY, NINE));
    }
    assertFalse(queue.add(firing("f")), "what came before it is not here yet");
    assertTrue(queue.wantsMore());
    queue.refill(List.of(firing("c"), firing("d"), firing("e"), firing("f")), true);
    assertFalse(queue.wantsMore());
    assertEquals(4, queue.size());
    assertEquals(List.of(firing("c"), firing("d")), queue.due(NINE));
  }

  @Test
  void a_wait_is_the_longer_of_ours_and_the_receivers() {
    assertEquals(
        NINE.plusSeconds(30),
        DeliveryRules.after(firing("a"), later(Duration.ofSeconds(30)), SECOND, POLICY, NINE)
            .due());
    assertEquals(
        NINE.plusSeconds(60),
        DeliveryRules.after(firing("a"), later(SECOND), Duration.ofSeconds(60), POLICY, NINE)
            .due());
  }

  @Test
  void it_ends_when_it_was_taken_refused_or_tried_for_too_long() {
    Answer refused = new Answer(Verdict.REFUSED, Optional.empty(), "400 invalid_payload");
    assertEquals(
        State.DELIVERED,
        DeliveryRules.after(firing("a"), Answer.taken("200 ok"), SECOND, POLICY, NINE).state());
    assertEquals(
        State.REFUSED, DeliveryRules.after(firing("a"), refused, SECOND, POLICY, NINE).state());
    Instant almost = NINE.plus(Duration.ofHours(1)).minus(SECOND);
    assertEquals(
        State.WAITING,
        DeliveryRules.after(firing("a"), Answer.later("500"), SECOND, POLICY, almost).state());
    assertEquals(
        State.GIVEN_UP,
        DeliveryRules.after(firing("a"), Answer.later("500"), SECOND, POLICY, almost.plusMillis(1))
            .state());
  }
}
