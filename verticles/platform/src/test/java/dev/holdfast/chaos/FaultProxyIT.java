package dev.holdfast.chaos;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.CounterAgent;
import dev.holdfast.agent.CounterProtocol.Add;
import dev.holdfast.agent.CounterProtocol.Added;
import dev.holdfast.agent.CounterProtocol.Script;
import dev.holdfast.bus.Answer;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.postgres.PostgresSettings;
import dev.holdfast.testing.PlatformNode;
import dev.holdfast.testing.PlatformSchema;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real PostgreSQL behind a wire that fails. */
class FaultProxyIT {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final Clock CLOCK = Clock.system();
  private static final int BIG = 4_000_000;

  private final Vertx ours = Vertx.vertx();
  private final Vertx vertx = Vertx.vertx();
  private final FaultProxy proxy = FaultProxy.ofPostgres(CLOCK);
  private TestDatabase inside;
  private Database through;

  @BeforeEach
  void interpose() throws Exception {
    inside = POSTGRES.database();
    done(ours.deployVerticle(proxy));
    done(proxy.leadTo(inside.host(), inside.port()));
    through = Database.open(vertx, PostgresSettings.of("proxied", login()).withPool(2, 20), CLOCK);
    assertEquals("ok", ask("SELECT 'ok'", 5_000));
  }

  @AfterEach
  void remove() throws Exception {
    done(through.close());
    done(vertx.close());
    done(ours.close());
  }

  private PostgresLogin login() {
    return new PostgresLogin(
        FaultProxy.HOST, proxy.port(), inside.name(), inside.user(), inside.password());
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.await(20, TimeUnit.SECONDS);
  }

  private Future<String> query(String sql, long withinMs) {
    return through
        .query(Deadline.in(Duration.ofMillis(withinMs), CLOCK), sql, Tuple.tuple())
        .map(rows -> rows.iterator().next().getString(0));
  }

  private String ask(String sql, long withinMs) throws Exception {
    return done(query(sql, withinMs));
  }

  private static Duration took(Future<?> call) {
    long begun = System.nanoTime();
    assertInstanceOf(Unavailable.class, assertThrows(Exception.class, () -> done(call)));
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  @Tag("E-248")
  @Test
  void a_delayed_wire_slows_each_way_until_it_is_mended() throws Exception {
    done(proxy.delay(Duration.ofMillis(100)));
    long begun = System.nanoTime();
    assertEquals("ok", ask("SELECT 'ok'", 5_000));
    long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    assertTrue(tookMs >= 200, tookMs + " ms");
    done(proxy.delay(Duration.ZERO));
    assertEquals("ok", ask("SELECT 'ok'", 5_000));
  }

  @Test
  void what_is_larger_than_the_proxy_holds_passes_whole_also_late() throws Exception {
    done(proxy.delay(Duration.ofMillis(2)));
    assertEquals(BIG, ask("SELECT repeat('x', " + BIG + ")", 15_000).length());
    done(proxy.delay(Duration.ZERO));
    assertEquals(BIG, ask("SELECT repeat('y', " + BIG + ")", 15_000).length());
  }

  @Test
  void a_cut_wire_fails_at_once_and_refuses_until_it_is_mended() throws Exception {
    Future<String> sleeping = query("SELECT pg_sleep(10)::text", 15_000);
    await().until(() -> through.figures().inUse() == 1);
    done(proxy.cut(true));
    assertTrue(took(sleeping).toSeconds() < 5);
    took(query("SELECT 'ok'", 1_000));
    done(proxy.cut(false));
    assertEquals("ok", ask("SELECT 'ok'", 5_000));
  }

  @Test
  void a_query_on_a_half_open_wire_ends_at_its_deadline_and_the_next_passes_when_it_is_mended()
      throws Exception {
    done(proxy.silence(true));
    Duration known = took(query("SELECT 'ok'", 1_000));
    assertTrue(known.toMillis() >= 900 && known.toMillis() < 3_000, known.toString());
    Duration fresh = took(query("SELECT 'ok'", 1_000));
    assertTrue(fresh.toMillis() < 3_000, fresh.toString());
    done(proxy.silence(false));
    assertEquals("ok", ask("SELECT 'ok'", 10_000));
  }

  @Tag("E-248")
  @Test
  void a_command_whose_commit_is_not_answered_takes_effect_once_and_asked_again_gives_its_reply()
      throws Exception {
    PlatformSchema.recreate(inside);
    inside.execute("DROP TABLE IF EXISTS counter");
    inside.execute(CounterAgent.TABLE);
    try (PlatformNode node = PlatformNode.serving("counter", login(), CounterAgent::new)) {
      Add add = new Add("c", "k", 7, Script.WELL);
      done(proxy.loseCommits(true));
      Future<Answer<Added>> first = node.ask("lost", add);
      await().until(() -> proxy.commitsLost() > 0);
      done(proxy.loseCommits(false));
      // Quick reruns may all have lost their answers; then it is the asker who asks again.
      Answer<Added> told = done(first.recover(lost -> node.ask("lost", add)));
      assertTrue(told.replayed(), "whoever comes again must find what was committed");
      assertEquals(7, told.outcome().orThrow().total());
      assertEquals(7, done(node.ask("lost", add)).outcome().orThrow().total());
      assertEquals(7, inside.number("SELECT total FROM counter"));
    }
  }
}
