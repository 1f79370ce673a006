package dev.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.testing.FaultProxy;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabaseIT {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final String INSERT = "INSERT INTO item (id, note) VALUES ($1, $2)";

  private Vertx vertx;
  private Database database;
  private TestDatabase inside;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    inside = POSTGRES.database();
    inside.execute("DROP TABLE IF EXISTS item");
    inside.execute("CREATE TABLE item (id int PRIMARY KEY, note text CHECK (note <> 'bad'))");
    database =
        Database.open(
            vertx,
            settings().withPool(2, 20).withConnectionTimeout(Duration.ofSeconds(8)),
            Clock.system());
  }

  @AfterEach
  void close() throws Exception {
    database.close().await(5, TimeUnit.SECONDS);
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  private PostgresSettings settings() {
    return PostgresSettings.of(
        "test",
        new PostgresLogin(
            inside.host(), inside.port(), inside.name(), inside.user(), inside.password()));
  }

  @Test
  void work_that_succeeds_is_committed() throws Exception {
    String note =
        database
            .inTransaction(
                soon(),
                tx ->
                    insert(tx, 1, "one")
                        .compose(ok -> tx.execute("SELECT note FROM item", Tuple.tuple()))
                        .map(rows -> rows.iterator().next().getString(0)))
            .await(5, TimeUnit.SECONDS);
    assertEquals("one", note);
    assertEquals(1, items());
  }

  @Test
  void statements_nobody_waits_for_are_part_of_it() throws Exception {
    database
        .inTransaction(
            soon(),
            tx -> {
              insert(tx, 1, "one");
              insert(tx, 2, "two");
              return Future.succeededFuture();
            })
        .await(5, TimeUnit.SECONDS);
    assertEquals(2, items());
  }

  @Test
  void commit_after_a_failed_statement_is_no_commit() throws Exception {
    know(INSERT);
    Future<String> result =
        database.inTransaction(
            soon(),
            tx -> {
              insert(tx, 1, "one");
              insert(tx, 2, "bad");
              insert(tx, 3, "three");
              return Future.succeededFuture("done");
            });
    Throwable failure = failure(result);
    assertTrue(SqlState.isCheckViolation(failure, "item_note_check"), failure.toString());
    assertEquals(0, items());
    assertUsable();
  }

  @Test
  void a_failure_that_the_work_recovers_from_still_commits_nothing() throws Exception {
    Future<String> result =
        database.inTransaction(
            soon(), tx -> insert(tx, 1, "bad").map("done").otherwise("never mind"));
    assertTrue(SqlState.isCheckViolation(failure(result)));
    assertUsable();
  }

  @Test
  void the_works_own_failure_is_told_as_it_is_and_rolled_back() throws Exception {
    IllegalStateException bug = new IllegalStateException("bug");
    assertSame(
        bug,
        failure(
            database.inTransaction(
                soon(), tx -> insert(tx, 1, "one").compose(ok -> Future.failedFuture(bug)))));
    assertSame(
        bug,
        failure(
            database.inTransaction(
                soon(),
                tx -> {
                  insert(tx, 1, "one");
                  throw bug;
                })));
    assertInstanceOf(
        NullPointerException.class, failure(database.inTransaction(soon(), tx -> null)));
    assertEquals(0, items());
    assertUsable();
  }

  @Test
  void a_deferred_constraint_refuses_at_commit() throws Exception {
    inside.execute(
        "ALTER TABLE item ADD CONSTRAINT note_once UNIQUE (note) DEFERRABLE INITIALLY DEFERRED");
    know(INSERT);
    Future<Void> result =
        database.inTransaction(
            soon(),
            tx -> {
              insert(tx, 1, "same");
              insert(tx, 2, "same");
              return Future.succeededFuture();
            });
    assertTrue(SqlState.isUniqueViolation(failure(result), "note_once"));
    assertEquals(0, items());
    assertUsable();
  }

  @Test
  void a_statement_that_the_driver_refuses_does_not_let_its_neighbours_commit() throws Exception {
    for (int round = 0; round < 3; round++) {
      // Once before the text is prepared, once after, and with arguments known from another call.
      Future<Void> result =
          database.inTransaction(
              soon(),
              tx -> {
                insert(tx, 1, "one");
                tx.execute(INSERT, Tuple.of("not a number", "two"));
                return Future.succeededFuture();
              });
      Throwable failure = failure(result);
      assertTrue(failure.getMessage().contains("can not be coerced"), failure.toString());
      assertEquals(0, items());
      know(INSERT);
    }
    assertUsable();
  }

  @Test
  void the_transaction_takes_no_statement_after_its_work() throws Exception {
    AtomicReference<Tx> kept = new AtomicReference<>();
    database
        .inTransaction(
            soon(),
            tx -> {
              kept.set(tx);
              return insert(tx, 1, "one");
            })
        .await(5, TimeUnit.SECONDS);
    assertInstanceOf(IllegalStateException.class, failure(insert(kept.get(), 2, "two")));
    assertEquals(1, items());
  }

  @Test
  void begin_and_commit_wait_for_no_answer_of_their_own() throws Exception {
    try (FaultProxy proxy = FaultProxy.to(inside.host(), inside.port())) {
      PostgresLogin through =
          new PostgresLogin(
              "127.0.0.1", proxy.port(), inside.name(), inside.user(), inside.password());
      Database slow = Database.open(vertx, PostgresSettings.of("slow", through), Clock.system());
      // The first round prepares the texts on the connection, and lets the pool know them.
      long warmMs = fourStatements(slow, 10);
      proxy.delay(Duration.ofMillis(200));
      long tookMs = fourStatements(slow, 20);
      // Question and answer are a piece each, or two when the first statement left alone; one at a
      // time, the five statements would need ten.
      assertTrue(tookMs < 1_500, "took " + tookMs + " ms, and " + warmMs + " ms without delay");
      slow.close().await(5, TimeUnit.SECONDS);
    }
    assertEquals(4, items());
  }

  private static long fourStatements(Database through, int id) throws Exception {
    long begin = System.nanoTime();
    through
        .inTransaction(
            soon(),
            List.of(1, 2),
            tx -> {
              insert(tx, id, "one");
              insert(tx, id + 1, "two");
              return Future.succeededFuture();
            })
        .await(5, TimeUnit.SECONDS);
    return (System.nanoTime() - begin) / 1_000_000;
  }

  @Test
  void the_merchants_are_set_for_the_transaction_alone() throws Exception {
    String ask = "SELECT current_setting('app.merchants', true)";
    String during =
        database
            .inTransaction(soon(), List.of(7, 8), tx -> tx.execute(ask, Tuple.tuple()))
            .map(rows -> rows.iterator().next().getString(0))
            .await(5, TimeUnit.SECONDS);
    assertEquals("7,8", during);
    for (int i = 0; i < 4; i++) {
      RowSet<Row> after = database.query(soon(), ask, Tuple.tuple()).await(5, TimeUnit.SECONDS);
      String left = after.iterator().next().getString(0);
      assertTrue(left == null || left.isEmpty(), left);
    }
  }

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

  private static Future<RowSet<Row>> insert(Tx tx, int id, String note) {
    return tx.execute(INSERT, Tuple.of(id, note));
  }

  /** Lets the pool see the statement once, so that COMMIT is sent behind it at once. */
  private void know(String sql) throws Exception {
    database
        .inTransaction(soon(), tx -> tx.execute(sql, Tuple.of(99, "known")))
        .await(5, TimeUnit.SECONDS);
    inside.execute("DELETE FROM item WHERE id = 99");
  }

  /** Both connections are lent, work, and are in no transaction left behind. */
  private void assertUsable() throws Exception {
    Future<?> both =
        Future.all(
            database.query(soon(), "SELECT pg_sleep(0.05)", Tuple.tuple()),
            database.query(soon(), "SELECT pg_sleep(0.05)", Tuple.tuple()));
    both.await(5, TimeUnit.SECONDS);
    assertEquals(0, database.figures().inUse());
    assertEquals(0, database.figures().waiting());
    assertEquals(
        0,
        inside.number(
            "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%' AND"
                + " application_name = 'holdfast-test'"));
  }

  private long items() {
    return inside.number("SELECT count(*) FROM item");
  }

  private static Deadline soon() {
    return in(10_000);
  }

  private static Deadline in(long ms) {
    return Deadline.in(Duration.ofMillis(ms), Clock.system());
  }

  private static Throwable failure(Future<?> future) {
    return assertThrows(Exception.class, () -> future.await(8, TimeUnit.SECONDS));
  }

  private static String code(Throwable failure) {
    return assertInstanceOf(Unavailable.class, failure).code();
  }
}
