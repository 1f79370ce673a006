package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.CounterProtocol.Add;
import dev.holdfast.agent.CounterProtocol.Added;
import dev.holdfast.agent.CounterProtocol.Script;
import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.bus.HttpKey;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.testing.PlatformNode;
import dev.holdfast.testing.PlatformSchema;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One requester's key at two nodes in the same moment. */
class HttpKeyIT {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final Clock CLOCK = Clock.system();
  private static final int KEYS = 100;
  private static final int REUSED = 30;
  private static final String PRINT = "print";

  private TestDatabase inside;
  private PlatformNode here;
  private PlatformNode there;

  @BeforeEach
  void start() throws Exception {
    inside = POSTGRES.database();
    PostgresLogin login = PlatformSchema.with(inside, List.of(CounterAgent.TABLE));
    here = PlatformNode.serving("counter", login, CounterAgent::new);
    there = PlatformNode.serving("counter", login, CounterAgent::new);
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
  }

  private static Ask<Added> ask(int number, int daysAgo, String fingerprint) {
    String name = "key-" + number;
    CommandId today = PlatformNode.id(name);
    return Ask.first(
            new CommandId(today.value(), today.issuedOn().minusDays(daysAgo)),
            new Add("c" + number % 7, "k" + number, 1, Script.WELL),
            Deadline.in(Duration.ofSeconds(20), CLOCK))
        .under(new HttpKey(1, "add", name, fingerprint));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(30, TimeUnit.SECONDS);
  }

  @Test
  void two_nodes_with_different_days_agree_on_the_first_under_each_key() throws Exception {
    long deadlocks = deadlocks();
    List<Future<Answer<Added>>> ours = new ArrayList<>();
    List<Future<Answer<Added>>> theirs = new ArrayList<>();
    for (int number = 0; number < KEYS; number++) {
      ours.add(here.ask(ask(number, 0, PRINT)));
      theirs.add(there.ask(ask(KEYS - 1 - number, 1, PRINT)));
    }
    for (int number = 0; number < KEYS; number++) {
      Answer<Added> one = await(ours.get(number));
      Answer<Added> other = await(theirs.get(KEYS - 1 - number));
      assertEquals(one.id(), other.id());
      assertEquals(one.outcome(), other.outcome());
      assertTrue(one.replayed() ^ other.replayed(), one + " and " + other);
    }
    assertEquals(KEYS, inside.number("SELECT sum(total) FROM counter"));
    assertEquals(KEYS, inside.number("SELECT count(*) FROM holdfast.reply"));
    assertEquals(2, inside.number("SELECT count(DISTINCT issued_on) FROM holdfast.http_key"));
    assertEquals(deadlocks, deadlocks());
  }

  private long deadlocks() {
    return inside.number(
        "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
  }

  /** As a client asks that says in its request when it was made. */
  private static Ask<Added> askAt(Instant time, int number, String fingerprint) {
    Ask<Added> ask = ask(number, 0, fingerprint);
    CommandId id = CommandId.ofHttpAt(time, 1, "add", ask.key().key(), ask.id().issuedOn());
    return Ask.first(id, ask.command(), ask.deadline()).under(ask.key());
  }

  @Test
  void requests_of_two_times_under_one_key_take_effect_once_also_in_one_batch() throws Exception {
    Instant time = Instant.parse("2026-03-01T12:00:00Z");
    List<Future<Answer<Added>>> first = new ArrayList<>();
    List<Future<Answer<Added>>> same = new ArrayList<>();
    List<Future<Answer<Added>>> other = new ArrayList<>();
    for (int number = 0; number < REUSED; number++) {
      first.add(here.ask(askAt(time, number, PRINT)));
      same.add(here.ask(askAt(time.plusMillis(1), number, PRINT)));
      other.add(here.ask(askAt(time.plusMillis(2), number, "another")));
    }
    for (int number = 0; number < REUSED; number++) {
      Answer<Added> one = await(first.get(number));
      assertInstanceOf(Outcome.Done.class, one.outcome());
      assertEquals(one.id(), await(same.get(number)).id());
      assertEquals(one.outcome(), await(same.get(number)).outcome());
      Outcome.Rejected<?> refused =
          assertInstanceOf(Outcome.Rejected.class, await(other.get(number)).outcome());
      assertEquals("idempotency_key_reused", refused.why().code());
    }
    assertEquals(REUSED, inside.number("SELECT sum(total) FROM counter"));
  }

  @Test
  void two_bodies_under_one_key_at_two_nodes_take_effect_once() throws Exception {
    for (int number = 0; number < REUSED; number++) {
      Future<Answer<Added>> one = here.ask(ask(number, 0, PRINT));
      Future<Answer<Added>> other = there.ask(ask(number, 1, "another"));
      Outcome<Added> first = await(one).outcome();
      Outcome<Added> second = await(other).outcome();
      Outcome<Added> refused = first instanceof Outcome.Done<?> ? second : first;
      assertEquals(
          "idempotency_key_reused", assertInstanceOf(Outcome.Rejected.class, refused).why().code());
    }
    assertEquals(REUSED, inside.number("SELECT sum(total) FROM counter"));
  }
}
