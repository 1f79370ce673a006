package dev.holdfast.commerce.fraud;

import static dev.holdfast.commerce.fraud.Orders.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.agent.RunSignal;
import dev.holdfast.bus.QueryRefused;
import dev.holdfast.commerce.fraud.FraudProtocol.Assessed;
import dev.holdfast.commerce.fraud.FraudProtocol.Assessment;
import dev.holdfast.commerce.fraud.FraudProtocol.Block;
import dev.holdfast.commerce.fraud.FraudProtocol.Blocked;
import dev.holdfast.commerce.fraud.FraudProtocol.FraudCommand;
import dev.holdfast.commerce.fraud.FraudProtocol.Kind;
import dev.holdfast.commerce.fraud.FraudProtocol.OrderAssessed;
import dev.holdfast.commerce.fraud.FraudProtocol.Reason;
import dev.holdfast.commerce.fraud.FraudProtocol.Review;
import dev.holdfast.commerce.fraud.FraudProtocol.Reviewed;
import dev.holdfast.commerce.fraud.FraudProtocol.Verdict;
import dev.holdfast.commerce.fraud.FraudProtocol.Withdrawn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FraudAgentIT extends FraudTest {
  @Test
  void a_verdict_is_kept_with_its_reasons() {
    Orders order = order().of(2_000_00).from("GB", "FR", false);
    Decision decision = fraud.ask(order.assess());
    Assessed assessed = (Assessed) decision.outcome().orThrow();
    assertEquals(30, assessed.score());
    Assessment kept = one(order);
    assertEquals(assessed.reasons(), kept.reasons());
    assertEquals(
        List.of(new Reason("high_amount", 10), new Reason("country_mismatch", 20)), kept.reasons());
    assertEquals(Verdict.FLAGGED, kept.verdict());
    OrderAssessed told = assertInstanceOf(OrderAssessed.class, decision.events().getFirst());
    assertEquals("flagged", told.verdict());
    assertThrows(QueryRefused.class, () -> one(order()));
  }

  @Test
  void the_window_is_counted_from_rows_of_earlier_batches_and_of_the_same_one() {
    List<Entry<FraudCommand<?>>> batch = new ArrayList<>();
    fraud.ask(order().at(NOON.minus(Duration.ofHours(3))).assess());
    fraud.ask(order().at(NOON.minus(Duration.ofHours(2))).assess());
    for (int i = 0; i < 4; i++) {
      batch.add(fraud.entry(order().assess()));
    }
    List<Decision> decisions = fraud.run(batch);
    assertEquals(0, score(decisions.get(2)));
    assertEquals(18, score(decisions.get(3)));
    assertEquals(21, assess(order()).score());
  }

  @Test
  void an_order_taken_back_leaves_the_window() {
    List<Orders> orders = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      orders.add(order());
      assess(orders.get(i));
    }
    Orders first = orders.getFirst();
    assertEquals(new Withdrawn(id(first)), withdraw(first));
    assertEquals(new Withdrawn(id(first)), withdraw(first));
    assertEquals(0, assess(order()).score());
    assertEquals(18, assess(order()).score());
  }

  @Test
  void the_undo_of_an_assessment_that_never_came_changes_nothing() {
    Orders never = order();
    assertEquals(new Withdrawn(id(never)), withdraw(never));
    assertThrows(QueryRefused.class, () -> one(never));
  }

  @Test
  void guests_are_counted_by_the_hash_of_their_address_and_without_one_not_at_all() {
    for (int i = 0; i < 5; i++) {
      assess(order().by(null, "abc", null));
      assess(order().by(null, null, null));
    }
    assertEquals(18, assess(order().by(null, "abc", null)).score());
    assertEquals(0, assess(order().by(null, null, null)).score());
    assertEquals(0, assess(order().by("abc", null, null)).score());
  }

  @Test
  void an_order_assessed_again_by_another_command_keeps_its_verdict_and_counts_once() {
    Orders order = order();
    Assessed first = assess(order);
    for (int i = 0; i < 6; i++) {
      assertEquals(first, assess(order.of(9_000_00)));
    }
    assertEquals(0, assess(order()).score());
  }

  @Test
  void a_person_decides_once_and_the_run_is_told() {
    Orders risky = risky();
    assertEquals(Verdict.REVIEW, assess(risky).verdict());
    assertEquals(List.of(id(risky)), queue(null));
    Decision decision = fraud.ask(new Review(merchant, id(risky), true, "anna", "known"));
    Reviewed reviewed = new Reviewed(id(risky), true);
    assertEquals(reviewed, decision.outcome().orThrow());
    assertEquals(
        List.of(new RunSignal(risky.assess().run(), "reviewed", reviewed)), decision.signals());
    assertEquals(List.of(), queue(null));
    assertEquals("anna", one(risky).reviewedBy());
    assertEquals(true, one(risky).approved());
    assertEquals(
        "not_in_review", fraud.refusal(new Review(merchant, id(risky), false, "ben", null)));
  }

  @Test
  void only_what_is_held_can_be_reviewed() {
    Orders fine = order();
    assess(fine);
    assertEquals(
        "not_in_review", fraud.refusal(new Review(merchant, id(fine), true, "anna", null)));
    assertEquals(
        "unknown_assessment",
        fraud.refusal(new Review(merchant, UUID.randomUUID(), true, "anna", null)));
    assertNull(one(fine).approved());
  }

  @Test
  void an_order_taken_back_leaves_the_review_queue() {
    Orders risky = risky();
    assess(risky);
    withdraw(risky);
    assertEquals(List.of(), queue(null));
    assertEquals(
        "not_in_review", fraud.refusal(new Review(merchant, id(risky), true, "anna", null)));
  }

  @Test
  void the_review_queue_goes_on_behind_an_order_that_was_decided() {
    List<UUID> held = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      fraud.setNow(fraud.now().plusSeconds(1));
      Orders risky = risky();
      assess(risky);
      held.add(id(risky));
    }
    assertEquals(held.subList(0, 2), queue(null));
    fraud.ask(new Review(merchant, held.get(1), false, "anna", null));
    assertEquals(held.subList(2, 4), queue(held.get(1)));
    assertEquals(held.subList(4, 5), queue(held.get(3)));
  }

  @Test
  void who_is_blocked_is_refused_until_the_block_ends() {
    Block block =
        new Block(merchant, Kind.EMAIL, "abc", "chargeback", fraud.now().plus(Duration.ofHours(1)));
    assertEquals(new Blocked(Kind.EMAIL, "abc"), fraud.reply(Blocked.class, block));
    assertEquals(Verdict.BLOCKED, assess(order().by(null, "abc", null)).verdict());
    assertEquals(Verdict.APPROVED, assess(order().by("abc", null, null)).verdict());
    fraud.setNow(fraud.now().plus(Duration.ofHours(1)));
    assertEquals(Verdict.APPROVED, assess(order().by(null, "abc", null)).verdict());
    fraud.run(
        List.of(
            fraud.entry(new Block(merchant, Kind.EMAIL, "abc", null, fraud.now())),
            fraud.entry(new Block(merchant, Kind.EMAIL, "abc", "again", null))));
    assertEquals(Verdict.BLOCKED, assess(order().by(null, "abc", null)).verdict());
    assertEquals(
        "invalid_value", fraud.refusal(new Block(merchant, Kind.CUSTOMER, " ", null, null)));
  }
}
