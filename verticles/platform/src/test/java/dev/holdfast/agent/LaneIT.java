package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.CounterProtocol.Add;
import dev.holdfast.agent.CounterProtocol.Added;
import dev.holdfast.agent.CounterProtocol.Script;
import dev.holdfast.agent.CounterProtocol.Subtract;
import dev.holdfast.agent.CounterProtocol.Total;
import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.bus.HttpKey;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.testing.PlatformNode;
import dev.holdfast.testing.PlatformSchema;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LaneIT {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final Clock CLOCK = Clock.system();
  private static final LocalDate TODAY = CLOCK.today();

  private TestDatabase inside;
  private PostgresLogin login;
  private PlatformNode node;
  private AgentHost host;
  private CounterAgent agent;
  private String deployment;

  @BeforeEach
  void start() {
    inside = POSTGRES.database();
    login = PlatformSchema.with(inside, List.of(CounterAgent.TABLE));
    node = new PlatformNode(login);
    node.connect();
    host = node.host("counter");
    seat();
  }

  private void seat() {
    agent = new CounterAgent(host, node.database());
    deployment = node.seat(agent);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(20, TimeUnit.SECONDS);
  }

  private static Add add(String key, long amount) {
    return new Add("c", key, amount, Script.WELL);
  }

  private long total() throws Exception {
    return inside.number("SELECT coalesce(sum(total), 0) FROM counter");
  }

  @Test
  void a_command_asked_twice_takes_effect_once_and_gives_the_recorded_reply() throws Exception {
    Answer<Added> once = await(node.ask("a", add("k", 5)));
    Answer<Added> twice = await(node.ask("a", add("k", 5)));
    assertEquals(once.outcome(), twice.outcome());
    assertFalse(once.replayed());
    assertTrue(twice.replayed());
    assertEquals(5, total());
    assertEquals(1, inside.number("SELECT count(*) FROM holdfast.outbox"));
  }

  @Test
  void a_refusal_is_recorded_too() throws Exception {
    assertInstanceOf(Outcome.Rejected.class, await(node.ask("r", add("k", 101))).outcome());
    assertTrue(await(node.ask("r", add("k", 1))).replayed());
    assertEquals(0, total());
  }

  @Test
  void a_flood_shares_its_commits() throws Exception {
    long before = commits();
    List<Future<Answer<Added>>> asked = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      asked.add(node.ask("f" + i, new Add("c" + i % 50, "k" + i, 1, Script.WELL)));
    }
    await(Future.all(asked));
    assertEquals(500, total());
    long shared = commits() - before;
    assertTrue(shared < 100, "500 commands took " + shared + " commits");
  }

  private long commits() throws Exception {
    return inside.number(
        "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()");
  }

  @Test
  void an_undo_that_comes_first_voids_the_forward_command() throws Exception {
    Ask<Added> undo =
        PlatformNode.first("undo-v", new Subtract("c", "k", 7)).undoing(PlatformNode.id("v"));
    assertInstanceOf(Outcome.Done.class, await(node.ask(undo)).outcome());
    Answer<Added> late = await(node.ask("v", add("k", 7)));
    assertEquals(Outcome.rejected(Refusal.voided()), late.outcome());
    assertEquals(0, total());
  }

  @Test
  void a_forward_command_that_comes_after_its_undo_does_not_ask_the_partner() throws Exception {
    agent.asksPartners = true;
    Ask<Added> undo =
        PlatformNode.first("undo-p", new Subtract("c", "k", 7)).undoing(PlatformNode.id("p"));
    await(node.ask(undo));
    Answer<Added> late = await(node.ask("p", new Add("c", "k", 7, Script.OUTSIDE)));
    assertEquals(Outcome.rejected(Refusal.voided()), late.outcome());
    assertEquals(0, agent.calls.get());
    assertEquals(0, total());
  }

  @Test
  void an_undo_takes_the_effect_back_once() throws Exception {
    await(node.ask("w", add("k", 7)));
    Ask<Added> undo =
        PlatformNode.first("undo-w", new Subtract("c", "k", 7)).undoing(PlatformNode.id("w"));
    await(node.ask(undo));
    await(node.ask(undo.asAgain()));
    assertEquals(0, total());
  }

  @Tag("E-170")
  @Test
  void a_poisonous_command_is_parked_alone_and_its_mates_are_applied() throws Exception {
    List<Future<Answer<Added>>> asked = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      Script script = i == 13 ? Script.BAD_STATEMENT : Script.WELL;
      asked.add(node.ask("p" + i, new Add("c" + i, "k" + i, 1, script)));
    }
    await(Future.join(asked).otherwiseEmpty());
    assertInstanceOf(Parked.class, asked.get(13).cause());
    assertEquals(31, asked.stream().filter(Future::succeeded).count());
    assertEquals(31, total());
    assertEquals(1, inside.number("SELECT count(*) FROM holdfast.dead_letter"));
  }

  @Test
  void a_decision_that_throws_is_parked_and_later_commands_under_its_key_wait_behind_it()
      throws Exception {
    assertThrows(Parked.class, () -> await(node.ask("t1", new Add("c", "k", 1, Script.THROW))));
    assertThrows(Parked.class, () -> await(node.ask("t2", add("k", 1))));
    assertEquals(1, await(node.ask("t3", add("other", 1))).outcome().orThrow().total());
    assertEquals(2, inside.number("SELECT count(*) FROM holdfast.dead_letter"));
  }

  @Test
  void a_call_outside_is_made_between_two_passes() throws Exception {
    agent.asksPartners = true;
    Answer<Added> answer = await(node.ask("o", new Add("c", "k", 3, Script.OUTSIDE)));
    assertEquals(3, answer.outcome().orThrow().total());
    assertEquals(1, agent.calls.get());
  }

  @Test
  void a_key_older_than_replies_are_kept_is_refused_and_nothing_is_done() throws Exception {
    inside.execute(
        "INSERT INTO holdfast.http_key VALUES"
            + " (1, 'add', 'old', gen_random_uuid(), current_date - 40, 'print-1')");
    HttpKey key = new HttpKey(1, "add", "old", "print-1");
    Answer<Added> answer = await(node.ask(PlatformNode.first("new", add("k", 1)).under(key)));
    Outcome.Rejected<?> refused = assertInstanceOf(Outcome.Rejected.class, answer.outcome());
    assertEquals("key_expired", refused.why().code());
    assertEquals(0, total());
    assertEquals(0, inside.number("SELECT count(*) FROM holdfast.dead_letter"));
  }

  @Test
  void who_comes_first_under_a_key_fixes_the_command_and_its_day() throws Exception {
    HttpKey key = new HttpKey(1, "add", "key-1", "print-1");
    CommandId yesterday = new CommandId(PlatformNode.id("h").value(), TODAY.minusDays(1));
    Ask<Added> early = Ask.first(yesterday, add("k", 1), PlatformNode.deadline()).under(key);
    Ask<Added> late =
        Ask.first(PlatformNode.id("h"), add("k", 1), PlatformNode.deadline()).under(key);
    Answer<Added> one = await(node.ask(early));
    Answer<Added> other = await(node.ask(late));
    assertEquals(one.id(), other.id());
    assertTrue(other.replayed());
    assertEquals(1, total());
    HttpKey reused = new HttpKey(1, "add", "key-1", "print-2");
    Answer<Added> changed = await(node.ask(PlatformNode.first("h", add("k", 2)).under(reused)));
    assertInstanceOf(Outcome.Rejected.class, changed.outcome());
    assertEquals(1, total());
  }

  @Test
  void a_lane_waits_for_the_agents_next_life() throws Exception {
    node.unseat(deployment);
    Future<Answer<Added>> asked = node.ask("s", add("k", 1));
    Future<Added> counted = node.ask(new Total("c"));
    seat();
    assertEquals(1, await(asked).outcome().orThrow().total());
    assertEquals(1, await(counted.recover(none -> node.ask(new Total("c")))).total());
  }

  @Test
  void two_lanes_given_the_same_commands_in_different_orders_agree_without_a_deadlock()
      throws Exception {
    PlatformNode other = PlatformNode.serving("counter", login, CounterAgent::new);
    long deadlocks = deadlocks();
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        order.add(i);
      }
      List<Future<Answer<Added>>> here = askAll(node, order, round);
      Collections.shuffle(order, random);
      List<Future<Answer<Added>>> there = askAll(other, order, round);
      await(Future.all(here));
      await(Future.all(there));
      for (int i = 0; i < 32; i++) {
        assertEquals(
            here.get(i).result().outcome(), there.get(order.indexOf(i)).result().outcome());
      }
    }
    other.close();
    assertEquals(200 * 32, inside.number("SELECT count(*) FROM holdfast.reply"));
    assertEquals(
        total(), inside.number("SELECT sum((body::json->>'amount')::bigint) FROM holdfast.outbox"));
    assertEquals(deadlocks, deadlocks());
  }

  private static List<Future<Answer<Added>>> askAll(
      PlatformNode at, List<Integer> order, int round) {
    return order.stream()
        .map(i -> at.ask("d" + round + "-" + i, new Add("c" + i % 10, "k" + i, 1, Script.WELL)))
        .toList();
  }

  private long deadlocks() throws Exception {
    return inside.number(
        "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
  }
}
