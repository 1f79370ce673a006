package dev.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import dev.holdfast.testing.FaultProxy;
import dev.holdfast.testing.FaultProxy.CommitFault;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A wire that fails around COMMIT. */
class CommitUnknownIT extends DatabaseFixture {
  private FaultProxy proxy;

  @BeforeEach
  void interpose() {
    proxy = FaultProxy.to(inside.host(), inside.port());
  }

  @AfterEach
  void remove() {
    proxy.close();
  }

  @Test
  void a_commit_whose_question_is_lost_is_unknown_and_did_not_happen() throws Exception {
    Database through = throughProxy();
    proxy.onCommit(CommitFault.LOSE_QUESTION, 1);
    assertEquals(OutageCodes.COMMIT_UNKNOWN, code(failure(insert(through, 1))));
    Awaitility.await().until(() -> noTransactionIsLeft());
    assertEquals(0, items());
    insert(through, 1).await(5, TimeUnit.SECONDS);
    assertEquals(1, items());
    assertEquals(1, through.figures().commitsUnknown());
    through.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void a_commit_whose_answer_is_lost_is_unknown_and_did_happen() throws Exception {
    Database through = throughProxy();
    proxy.onCommit(CommitFault.LOSE_ANSWER, 1);
    assertEquals(OutageCodes.COMMIT_UNKNOWN, code(failure(insert(through, 1))));
    assertEquals(1, items());
    assertTrue(SqlState.isUniqueViolation(failure(insert(through, 1)), "item_pkey"));
    through.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void a_commit_whose_answer_never_comes_is_unknown_at_the_deadline() throws Exception {
    Database through = throughProxy();
    proxy.onCommit(CommitFault.SWALLOW_ANSWER, 1);
    Future<?> silent = through.inTransaction(in(1_500), tx -> insert(tx, 1, "one"));
    assertEquals(OutageCodes.COMMIT_UNKNOWN, code(failure(silent)));
    assertEquals(1, items());
    insert(through, 2).await(5, TimeUnit.SECONDS);
    through.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void a_connection_lost_before_commit_took_no_effect() throws Exception {
    Database through = throughProxy();
    Future<?> lost =
        through.inTransaction(
            in(5_000),
            tx ->
                insert(tx, 1, "one")
                    .compose(
                        ok -> {
                          proxy.cut();
                          return tx.execute("SELECT pg_sleep(1)", Tuple.tuple());
                        }));
    assertEquals(OutageCodes.CONNECTION_LOST, code(failure(lost)));
    assertEquals(0, items());
    insert(through, 1).await(5, TimeUnit.SECONDS);
    through.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void a_half_open_connection_is_cut_and_replaced() throws Exception {
    Database through = throughProxy();
    proxy.halfOpen();
    Future<?> unheard = through.query(in(1_000), "SELECT 1", Tuple.tuple());
    assertEquals("deadline_passed", code(failure(unheard)));
    proxy.pass();
    insert(through, 1).await(5, TimeUnit.SECONDS);
    through.close().await(5, TimeUnit.SECONDS);
  }

  private Database throughProxy() throws Exception {
    Database through = Database.open(vertx, settings(proxy.port()), Clock.system());
    through.query(soon(), "SELECT 1", Tuple.tuple()).await(10, TimeUnit.SECONDS);
    return through;
  }

  private boolean noTransactionIsLeft() {
    return 0
        == inside.number(
            "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%' AND datname ="
                + " current_database()");
  }

  private static Future<?> insert(Database into, int id) {
    return into.inTransaction(soon(), tx -> insert(tx, id, "one"));
  }
}
