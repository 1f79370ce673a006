package dev.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import dev.holdfast.testing.FaultProxy;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is committed, and what is not. */
class TransactionIT extends DatabaseFixture {
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
      Database slow = Database.open(vertx, settings(proxy.port()), Clock.system());
      // The first round prepares the texts on the connection, and lets the pool know them.
      long warmMs = fourStatements(slow, 10);
      proxy.delay(Duration.ofMillis(200));
      long tookMs = fourStatements(slow, 20);
      // Question and answer are a piece each, or two when the first statement left alone; one at a
      // time, the five statements would need ten, and 2 s.
      assertTrue(tookMs < 2_000, "took " + tookMs + " ms, and " + warmMs + " ms without delay");
      slow.close().await(5, TimeUnit.SECONDS);
    }
    assertEquals(4, items());
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
}
