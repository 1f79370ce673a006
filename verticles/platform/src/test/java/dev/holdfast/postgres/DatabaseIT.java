package dev.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Deadlines, contexts, single statements and the end of a pool. */
class DatabaseIT extends DatabaseFixture {
  @Test
  void a_statement_alone_is_committed_or_refused() throws Exception {
    database.query(soon(), INSERT, Tuple.of(1, "one")).await(5, TimeUnit.SECONDS);
    Throwable failure = failure(database.query(soon(), INSERT, Tuple.of(1, "again")));
    assertTrue(SqlState.isUniqueViolation(failure, "item_pkey"));
    assertEquals(1, items());
    assertUsable();
  }

  @Test
  void results_come_on_the_callers_context() throws Exception {
    for (int i = 0; i < 8; i++) {
      Context caller = vertx.getOrCreateContext();
      Promise<List<Context>> seen = Promise.promise();
      caller.runOnContext(
          v -> {
            AtomicReference<Context> inWork = new AtomicReference<>();
            AtomicReference<Context> inStatement = new AtomicReference<>();
            database
                .inTransaction(
                    soon(),
                    tx -> {
                      inWork.set(Vertx.currentContext());
                      return tx.execute("SELECT 1", Tuple.tuple())
                          .onComplete(ok -> inStatement.set(Vertx.currentContext()));
                    })
                .onComplete(
                    ok ->
                        seen.complete(
                            List.of(inWork.get(), inStatement.get(), Vertx.currentContext())));
          });
      assertEquals(List.of(caller, caller, caller), seen.future().await(5, TimeUnit.SECONDS));
    }
  }

  @Test
  void a_deadline_cuts_what_is_slow() throws Exception {
    assertUsable();
    Future<?> slow = database.query(in(200), "SELECT pg_sleep(20)", Tuple.tuple());
    assertEquals("deadline_passed", code(failure(slow)));
    Future<?> slowToo =
        database.inTransaction(in(200), tx -> tx.execute("SELECT pg_sleep(20)", Tuple.tuple()));
    assertEquals("deadline_passed", code(failure(slowToo)));
    Future<?> idle = database.inTransaction(in(200), tx -> Promise.promise().future());
    assertEquals("deadline_passed", code(failure(idle)));
    assertEquals(3, database.figures().cuts());
    Future<?> none = database.query(in(0), "SELECT 1", Tuple.tuple());
    assertEquals("deadline_passed", code(failure(none)));
    assertUsable();
  }

  @Test
  void the_servers_own_timeouts_are_outages() throws Exception {
    Database strict =
        Database.open(
            vertx,
            settings()
                .withServerTimeouts(
                    Duration.ofMillis(200), Duration.ofMillis(100), Duration.ofMillis(200)),
            Clock.system());
    Future<?> slow = strict.query(soon(), "SELECT pg_sleep(5)", Tuple.tuple());
    assertEquals(OutageCodes.STATEMENT_TIMEOUT, code(failure(slow)));
    Future<?> idle =
        strict.inTransaction(
            soon(),
            tx ->
                vertx
                    .timer(1, TimeUnit.SECONDS)
                    .compose(late -> tx.execute("SELECT 1", Tuple.tuple())));
    assertEquals(OutageCodes.CONNECTION_LOST, code(failure(idle)));
    Future<?> blocked =
        database.inTransaction(
            soon(),
            tx ->
                tx.execute("LOCK TABLE item", Tuple.tuple())
                    .compose(
                        locked ->
                            strict
                                .query(soon(), "SELECT count(*) FROM item", Tuple.tuple())
                                .mapEmpty()));
    assertEquals(OutageCodes.LOCK_TIMEOUT, code(failure(blocked)));
    strict.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void a_closed_pool_refuses_and_ends_what_runs() throws Exception {
    Future<?> running = database.query(soon(), "SELECT pg_sleep(20)", Tuple.tuple());
    Future<Void> closing = database.close();
    assertEquals(
        OutageCodes.CLOSED, code(failure(database.query(soon(), "SELECT 1", Tuple.tuple()))));
    closing.await(4, TimeUnit.SECONDS);
    assertEquals(OutageCodes.CLOSED, code(failure(running)));
  }

  @Test
  void a_wrong_password_is_an_outage_that_does_not_tell_it() {
    PostgresLogin wrong =
        new PostgresLogin(inside.host(), inside.port(), inside.name(), inside.user(), "s3cret");
    Database locked = Database.open(vertx, PostgresSettings.of("x", wrong), Clock.system());
    Throwable failure = failure(locked.query(soon(), "SELECT 1", Tuple.tuple()));
    assertEquals(OutageCodes.LOGIN_REFUSED, code(failure));
    assertTrue(!failure.toString().contains("s3cret") && !wrong.toString().contains("s3cret"));
  }

  @Test
  void a_stuck_loops_locks_are_freed_by_ending_its_back_ends() throws Exception {
    CountDownLatch letGo = new CountDownLatch(1);
    CompletableFuture<Thread> stuck = new CompletableFuture<>();
    Future<?> holder =
        database.inTransaction(
            soon(),
            tx ->
                tx.execute("LOCK TABLE item", Tuple.tuple())
                    .onSuccess(
                        locked -> {
                          stuck.complete(Thread.currentThread());
                          await(letGo);
                        }));
    Thread loop = stuck.get(5, TimeUnit.SECONDS);
    // The supervisor's: nothing of it may run on a loop of the platform.
    Vertx apart = Vertx.vertx();
    Database reserved = Database.open(apart, settings().withPool(1, 5), Clock.system());
    List<Integer> pids = database.backEndsOf(loop);
    assertEquals(1, pids.size());
    assertEquals(List.of(), database.backEndsOf(Thread.currentThread()));
    int ended = reserved.endBackEnds(soon(), pids).await(5, TimeUnit.SECONDS);
    assertEquals(1, ended);
    reserved.query(soon(), INSERT, Tuple.of(1, "one")).await(5, TimeUnit.SECONDS);
    letGo.countDown();
    assertInstanceOf(Unavailable.class, failure(holder));
    apart.close().await(5, TimeUnit.SECONDS);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(8, TimeUnit.SECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
