package dev.holdfast.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.deadletter.DeadLetterStore.Filter;
import dev.holdfast.deadletter.ParkedLetter.Closing;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Refusal;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DeadLettersIT extends LetterStage {
  private DeadLetters letters;

  @BeforeEach
  void openLetters() {
    letters = new DeadLetters(services);
  }

  @Test
  void letters_are_numbered_in_the_order_of_the_list() throws Exception {
    List<DeadLetter> many = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      many.add(letter("order-" + i % 3, "c" + i, 1));
    }
    now(store.park(deadline(), many));

    List<ParkedLetter> page = now(store.page(Filter.OPEN, 0, 100, deadline()));
    assertEquals(
        many.stream().map(letter -> letter.id().value()).toList(),
        page.stream().map(parked -> parked.letter().id().value()).toList());
    assertEquals(many.getFirst().body(), page.getFirst().letter().body());
    assertEquals(many.getFirst().cause(), page.getFirst().letter().cause());
  }

  @Tag("E-170")
  @Test
  void a_letter_parked_again_keeps_its_place_and_counts_its_attempts() throws Exception {
    now(store.park(deadline(), List.of(letter("order-1", "a", 1), letter("order-1", "b", 0))));
    now(store.park(deadline(), List.of(letter("order-1", "b", 0), letter("order-1", "a", 2))));

    List<ParkedLetter> queue = now(store.openBehind("order", "order-1", deadline()));
    assertEquals(List.of(3, 0), queue.stream().map(parked -> parked.letter().attempts()).toList());
    assertEquals(id("a"), queue.getFirst().letter().id());
  }

  @Test
  void open_keys_are_those_of_one_agent() throws Exception {
    now(store.park(deadline(), List.of(letter("order-1", "a", 1), letter("order-2", "b", 1))));
    assertEquals(
        Set.of("order-1", "order-2"), Set.copyOf(now(store.openKeys("order", deadline()))));
    assertEquals(List.of(), now(store.openKeys("payment", deadline())));
    assertEquals(Map.of("order", 2L), now(store.openCounts(deadline())));
  }

  @Test
  void a_replayed_letter_is_closed_and_its_key_is_told() throws Exception {
    long number = parkOne("order-1", "a");
    assertEquals(Outcome.done(Closing.REPLAYED), now(letters.replay(number, WHO, deadline())));
    assertEquals(List.of("order-1"), replayer.freed);
    assertEquals(List.of(), now(store.openKeys("order", deadline())));
    assertRejected("dead_letter_closed", now(letters.replay(number, WHO, deadline())));
  }

  @Test
  void a_later_letter_waits_for_the_earlier_one_under_its_key() throws Exception {
    long first = parkOne("order-1", "a");
    long second = parkOne("order-1", "b");
    long other = parkOne("order-2", "c");

    assertRejected("earlier_dead_letter_open", now(letters.replay(second, WHO, deadline())));
    assertEquals(Outcome.done(Closing.REPLAYED), now(letters.replay(other, WHO, deadline())));
    assertEquals(Outcome.done(Closing.REPLAYED), now(letters.replay(first, WHO, deadline())));
    assertEquals(Outcome.done(Closing.REPLAYED), now(letters.replay(second, WHO, deadline())));
    assertEquals(List.of("c", "a", "b"), replayer.asked);
  }

  @Test
  void a_letter_that_breaks_again_stays_open() throws Exception {
    long number = parkOne("order-1", "a");
    replayer.answer = Future.failedFuture(new Parked("again"));
    assertThrows(Parked.class, () -> now(letters.replay(number, WHO, deadline())));
    assertEquals(List.of("order-1"), now(store.openKeys("order", deadline())));
  }

  @Test
  void a_refusal_is_an_outcome_too() throws Exception {
    long number = parkOne("order-1", "a");
    replayer.answer = Future.succeededFuture(Outcome.rejected(Refusal.voided()));
    assertEquals(Outcome.done(Closing.REPLAYED), now(letters.replay(number, WHO, deadline())));
    ParkedLetter closed = now(store.find(number, deadline())).orElseThrow();
    assertEquals("refused: voided", closed.note());
  }

  @Test
  void a_letter_whose_id_has_a_reply_closes_with_that() throws Exception {
    long number = parkOne("order-1", "a");
    replayer.answered.add(id("a").value());
    assertEquals(Outcome.done(Closing.ANSWERED), now(letters.replay(number, WHO, deadline())));
    assertEquals(List.of(), replayer.asked);
  }

  @Test
  void a_discarded_letter_has_its_refusal_recorded() throws Exception {
    long number = parkOne("order-1", "a");
    assertEquals(
        Outcome.done(Closing.DISCARDED), now(letters.discard(number, "a typo", WHO, deadline())));
    assertEquals(1, tables.number("SELECT count(*) FROM holdfast.refused"));
    assertEquals("a typo", now(store.find(number, deadline())).orElseThrow().note());
  }

  @Test
  void a_discard_that_can_not_be_recorded_leaves_the_letter_open() throws Exception {
    long number = parkOne("order-1", "a");
    tables.execute("INSERT INTO holdfast.refused VALUES ('" + id("a").value() + "')");
    assertThrows(Exception.class, () -> now(letters.discard(number, "a typo", WHO, deadline())));
    assertTrue(now(store.find(number, deadline())).orElseThrow().open());
  }

  @Test
  void a_reply_that_came_before_the_refusal_counts() throws Exception {
    long number = parkOne("order-1", "a");
    tables.execute("INSERT INTO holdfast.refused VALUES ('" + id("a").value() + "')");
    replayer.answeredFromSecondLook.add(id("a").value());
    assertEquals(
        Outcome.done(Closing.ANSWERED), now(letters.discard(number, "a typo", WHO, deadline())));
  }

  @Test
  void a_discarded_letter_that_is_parked_again_stays_closed_and_a_replayed_one_opens()
      throws Exception {
    long discarded = parkOne("order-1", "a");
    long replayed = parkOne("order-2", "b");
    now(letters.discard(discarded, "a typo", WHO, deadline()));
    now(letters.replay(replayed, WHO, deadline()));
    now(store.park(deadline(), List.of(letter("order-1", "a", 1), letter("order-2", "b", 1))));
    assertEquals(List.of("order-2"), now(store.openKeys("order", deadline())));
  }

  @Test
  void a_letter_that_is_not_there_is_not_found() throws Exception {
    assertRejected("unknown_dead_letter", now(letters.replay(4711, WHO, deadline())));
  }

  private long parkOne(String key, String name) throws Exception {
    park(List.of(letter(key, name, 1)));
    return tables.number("SELECT max(id) FROM holdfast.dead_letter");
  }

  private DeadLetter letter(String key, String name, int attempts) {
    return letter(key, name, attempts, BROKEN);
  }
}
