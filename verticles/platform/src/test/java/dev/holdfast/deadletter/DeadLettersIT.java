package dev.holdfast.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.deadletter.DeadLetterStore.Filter;
import dev.holdfast.deadletter.ParkedLetter.Closing;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Database;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.MigratedDatabase;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLettersIT {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 3);

  private static final String WHO = "ann";

  private final Clock clock = Clock.system();
  private Vertx vertx;
  private TestDatabase tables;
  private Database database;
  private DeadLetterStore store;
  private ScriptedReplayer replayer;
  private LetterServices services;
  private DeadLetters letters;

  @BeforeAll
  void open(TestDatabase fresh) {
    tables = fresh;
    vertx = Vertx.vertx();
    database = MigratedDatabase.open(vertx, fresh, "db/holdfast");
    store = new DeadLetterStore(database);
  }

  @BeforeEach
  void empty() {
    tables.execute(
        "TRUNCATE holdfast.dead_letter, holdfast.dead_letter_act, holdfast.dead_letter_replay"
            + " RESTART IDENTITY");
    tables.execute("DROP TABLE IF EXISTS holdfast.refused");
    tables.execute("CREATE TABLE holdfast.refused (id uuid PRIMARY KEY)");
    tables.execute("GRANT INSERT ON holdfast.refused TO holdfast_app");
    replayer = new ScriptedReplayer();
    services = new LetterServices(vertx, database, replayer, new Meters(), clock, "node");
    letters = new DeadLetters(services);
  }

  @AfterAll
  void close() throws Exception {
    await(database.close());
    await(vertx.close());
  }

  @Test
  void letters_are_numbered_in_the_order_of_the_list() throws Exception {
    List<DeadLetter> many = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      many.add(letter("order-" + i % 3, "c" + i, 1));
    }
    await(store.park(deadline(), many));

    List<ParkedLetter> page = await(store.page(Filter.OPEN, 0, 100, deadline()));
    assertEquals(
        many.stream().map(letter -> letter.id().value()).toList(),
        page.stream().map(parked -> parked.letter().id().value()).toList());
    assertEquals(many.getFirst().body(), page.getFirst().letter().body());
    assertEquals(many.getFirst().cause(), page.getFirst().letter().cause());
  }

  @Tag("E-170")
  @Test
  void a_letter_parked_again_keeps_its_place_and_counts_its_attempts() throws Exception {
    await(store.park(deadline(), List.of(letter("order-1", "a", 1), letter("order-1", "b", 0))));
    await(store.park(deadline(), List.of(letter("order-1", "b", 0), letter("order-1", "a", 2))));

    List<ParkedLetter> queue = await(store.openBehind("order", "order-1", deadline()));
    assertEquals(List.of(3, 0), queue.stream().map(parked -> parked.letter().attempts()).toList());
    assertEquals(id("a"), queue.getFirst().letter().id());
  }

  @Test
  void open_keys_are_those_of_one_agent() throws Exception {
    await(store.park(deadline(), List.of(letter("order-1", "a", 1), letter("order-2", "b", 1))));
    assertEquals(
        Set.of("order-1", "order-2"), Set.copyOf(await(store.openKeys("order", deadline()))));
    assertEquals(List.of(), await(store.openKeys("payment", deadline())));
    assertEquals(Map.of("order", 2L), await(store.openCounts(deadline())));
  }

  @Test
  void a_replayed_letter_is_closed_and_its_key_is_told() throws Exception {
    long number = parkOne("order-1", "a");
    assertEquals(Outcome.done(Closing.REPLAYED), await(letters.replay(number, WHO, deadline())));
    assertEquals(List.of("order-1"), replayer.freed);
    assertEquals(List.of(), await(store.openKeys("order", deadline())));
    assertRejected("dead_letter_closed", await(letters.replay(number, WHO, deadline())));
  }

  @Test
  void a_later_letter_waits_for_the_earlier_one_under_its_key() throws Exception {
    long first = parkOne("order-1", "a");
    long second = parkOne("order-1", "b");
    long other = parkOne("order-2", "c");

    assertRejected("earlier_dead_letter_open", await(letters.replay(second, WHO, deadline())));
    assertEquals(Outcome.done(Closing.REPLAYED), await(letters.replay(other, WHO, deadline())));
    assertEquals(Outcome.done(Closing.REPLAYED), await(letters.replay(first, WHO, deadline())));
    assertEquals(Outcome.done(Closing.REPLAYED), await(letters.replay(second, WHO, deadline())));
    assertEquals(List.of("c", "a", "b"), replayer.asked);
  }

  @Test
  void a_letter_that_breaks_again_stays_open() throws Exception {
    long number = parkOne("order-1", "a");
    replayer.answer = Future.failedFuture(new Parked("again"));
    assertThrows(Parked.class, () -> await(letters.replay(number, WHO, deadline())));
    assertEquals(List.of("order-1"), await(store.openKeys("order", deadline())));
  }

  @Test
  void a_refusal_is_an_outcome_too() throws Exception {
    long number = parkOne("order-1", "a");
    replayer.answer = Future.succeededFuture(Outcome.rejected(Refusal.voided()));
    assertEquals(Outcome.done(Closing.REPLAYED), await(letters.replay(number, WHO, deadline())));
    ParkedLetter closed = await(store.find(number, deadline())).orElseThrow();
    assertEquals("refused: voided", closed.note());
  }

  @Test
  void a_letter_whose_id_has_a_reply_closes_with_that() throws Exception {
    long number = parkOne("order-1", "a");
    replayer.answered.add(id("a").value());
    assertEquals(Outcome.done(Closing.ANSWERED), await(letters.replay(number, WHO, deadline())));
    assertEquals(List.of(), replayer.asked);
  }

  @Test
  void a_discarded_letter_has_its_refusal_recorded() throws Exception {
    long number = parkOne("order-1", "a");
    assertEquals(
        Outcome.done(Closing.DISCARDED), await(letters.discard(number, "a typo", WHO, deadline())));
    assertEquals(1, tables.number("SELECT count(*) FROM holdfast.refused"));
    assertEquals("a typo", await(store.find(number, deadline())).orElseThrow().note());
  }

  @Test
  void a_discard_that_can_not_be_recorded_leaves_the_letter_open() throws Exception {
    long number = parkOne("order-1", "a");
    tables.execute("INSERT INTO holdfast.refused VALUES ('" + id("a").value() + "')");
    assertThrows(Exception.class, () -> await(letters.discard(number, "a typo", WHO, deadline())));
    assertTrue(await(store.find(number, deadline())).orElseThrow().open());
  }

  @Test
  void a_reply_that_came_before_the_refusal_counts() throws Exception {
    long number = parkOne("order-1", "a");
    tables.execute("INSERT INTO holdfast.refused VALUES ('" + id("a").value() + "')");
    replayer.answeredFromSecondLook.add(id("a").value());
    assertEquals(
        Outcome.done(Closing.ANSWERED), await(letters.discard(number, "a typo", WHO, deadline())));
  }

  @Test
  void a_discarded_letter_that_is_parked_again_stays_closed_and_a_replayed_one_opens()
      throws Exception {
    long discarded = parkOne("order-1", "a");
    long replayed = parkOne("order-2", "b");
    await(letters.discard(discarded, "a typo", WHO, deadline()));
    await(letters.replay(replayed, WHO, deadline()));
    await(store.park(deadline(), List.of(letter("order-1", "a", 1), letter("order-2", "b", 1))));
    assertEquals(List.of("order-2"), await(store.openKeys("order", deadline())));
  }

  @Test
  void a_letter_that_is_not_there_is_not_found() throws Exception {
    assertRejected("unknown_dead_letter", await(letters.replay(4711, WHO, deadline())));
  }

  private static void assertRejected(String code, Outcome<Closing> outcome) {
    assertEquals(code, assertInstanceOf(Outcome.Rejected.class, outcome).why().code());
  }

  private long parkOne(String key, String name) throws Exception {
    await(store.park(deadline(), List.of(letter(key, name, 1))));
    return tables.number("SELECT max(id) FROM holdfast.dead_letter");
  }

  private DeadLetter letter(String key, String name, int attempts) {
    return new DeadLetter(
        DeadLetter.Kind.COMMAND,
        "order",
        key,
        id(name),
        1,
        "order.Place",
        "{\"name\":\"" + name + "\"}",
        "lane",
        Fingerprint.ofText("broken"),
        attempts,
        clock.now());
  }

  private static CommandId id(String name) {
    return new CommandId(DerivedId.of("test", name), DAY);
  }

  private Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(10), clock);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(20, TimeUnit.SECONDS);
  }
}
