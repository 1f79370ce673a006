package dev.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.embedded.PostgresOptions;
import dev.holdfast.embedded.PostgresProcess;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.testing.FaultProxy;
import dev.holdfast.testing.FaultProxy.CommitFault;
import dev.holdfast.testing.FrozenServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool while its server is frozen, killed, cut off, or silent about a COMMIT. */
class DatabaseOutageIT {
  private static final String INSERT = "INSERT INTO item (id) VALUES ($1)";
  private static final int POOL = 4;

  @TempDir static Path folder;
  private static PostgresProcess server;
  private FaultProxy proxy;
  private Vertx vertx;
  private Database database;

  @BeforeAll
  static void start() throws Exception {
    server = PostgresProcess.start(folder, PostgresOptions.defaults());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() throws Exception {
    proxy = FaultProxy.to(PostgresProcess.HOST, server.port());
    vertx = Vertx.vertx();
    database = database(server.port());
    database
        .query(in(5_000), "DROP TABLE IF EXISTS item", Tuple.tuple())
        .await(5, TimeUnit.SECONDS);
    database
        .query(in(5_000), "CREATE TABLE item (id int PRIMARY KEY)", Tuple.tuple())
        .await(5, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    database.close().await(5, TimeUnit.SECONDS);
    vertx.close().await(5, TimeUnit.SECONDS);
    proxy.close();
  }

  private Database database(int port) {
    PostgresLogin login =
        new PostgresLogin(
            PostgresProcess.HOST, port, "postgres", PostgresProcess.USER, server.password());
    return Database.open(
        vertx,
        PostgresSettings.of("outage", login)
            .withPool(POOL, 100)
            .withConnectionTimeout(Duration.ofSeconds(10)),
        Clock.system());
  }

  @Test
  void a_frozen_server_holds_nobody_longer_than_the_deadline() throws Exception {
    for (int i = 0; i < POOL; i++) {
      insert(database, 100 + i).await(5, TimeUnit.SECONDS);
    }
    List<Future<?>> stuck = new ArrayList<>();
    FrozenServer frozen = FrozenServer.of(server);
    try {
      long begin = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        stuck.add(database.inTransaction(in(1_000), tx -> tx.execute(INSERT, Tuple.of(1))));
        stuck.add(database.query(in(1_000), "SELECT 1", Tuple.tuple()));
      }
      for (Future<?> each : stuck) {
        Throwable failure = failure(each);
        assertTrue(
            Set.of("deadline_passed", OutageCodes.POOL_EXHAUSTED, OutageCodes.COMMIT_UNKNOWN)
                .contains(code(failure)),
            failure.toString());
      }
      long tookMs = (System.nanoTime() - begin) / 1_000_000;
      assertTrue(tookMs < 2_000, "all told after " + tookMs + " ms");
    } finally {
      frozen.close();
    }
    assertEveryConnectionWorks();
  }

  @Test
  void a_killed_server_fails_at_once_and_is_used_again_when_it_is_back() throws Exception {
    insert(database, 1).await(5, TimeUnit.SECONDS);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < POOL; i++) {
      running.add(database.query(in(10_000), "SELECT pg_sleep(20)", Tuple.tuple()));
    }
    Awaitility.await().until(() -> database.figures().inUse() == POOL);
    FrozenServer.kill(server);
    for (Future<?> each : running) {
      String code = code(failure(each));
      assertTrue(
          Set.of(OutageCodes.CONNECTION_LOST, OutageCodes.SHUTTING_DOWN).contains(code), code);
    }
    server.onExit().get(10, TimeUnit.SECONDS);
    assertEquals(OutageCodes.UNREACHABLE, code(failure(insert(database, 2))));
    int port = server.port();
    server.close();
    server = PostgresProcess.start(folder, PostgresOptions.defaults().onPort(port));
    assertEveryConnectionWorks();
    assertEquals(1, items(), "what was committed is there");
  }

  @Test
  void a_commit_whose_question_is_lost_is_unknown_and_did_not_happen() throws Exception {
    Database through = throughProxy();
    proxy.onCommit(CommitFault.LOSE_QUESTION, 1);
    assertEquals(OutageCodes.COMMIT_UNKNOWN, code(failure(insert(through, 1))));
    Awaitility.await().until(() -> inTransactions() == 0);
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
    Future<?> silent = through.inTransaction(in(300), tx -> tx.execute(INSERT, Tuple.of(1)));
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
                tx.execute(INSERT, Tuple.of(1))
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
    Future<?> unheard = through.query(in(300), "SELECT 1", Tuple.tuple());
    assertEquals("deadline_passed", code(failure(unheard)));
    proxy.pass();
    insert(through, 1).await(5, TimeUnit.SECONDS);
    through.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void a_back_end_that_is_ended_says_so() throws Exception {
    Future<RowSet<Row>> running = database.query(in(5_000), "SELECT pg_sleep(20)", Tuple.tuple());
    Awaitility.await().until(() -> sleepers() == 1);
    database
        .query(
            in(5_000),
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE"
                + " 'SELECT pg_sleep%'",
            Tuple.tuple())
        .await(5, TimeUnit.SECONDS);
    assertEquals(OutageCodes.SHUTTING_DOWN, code(failure(running)));
    assertEveryConnectionWorks();
  }

  @Test
  void too_many_connections_and_read_only_are_outages() throws Exception {
    database
        .query(in(5_000), "CREATE ROLE guest LOGIN PASSWORD 'x' CONNECTION LIMIT 0", Tuple.tuple())
        .await(5, TimeUnit.SECONDS);
    PostgresLogin guest =
        new PostgresLogin(PostgresProcess.HOST, server.port(), "postgres", "guest", "x");
    Database full = Database.open(vertx, PostgresSettings.of("g", guest), Clock.system());
    assertEquals(OutageCodes.TOO_MANY_CONNECTIONS, code(failure(insert(full, 1))));
    PostgresSettings readOnly =
        PostgresSettings.of("r", guest.as(PostgresProcess.USER, server.password()))
            .withSession("default_transaction_read_only", "on");
    Database standby = Database.open(vertx, readOnly, Clock.system());
    assertEquals(OutageCodes.READ_ONLY, code(failure(insert(standby, 1))));
    full.close().await(5, TimeUnit.SECONDS);
    standby.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void closing_a_pool_of_a_frozen_server_ends() throws Exception {
    insert(database, 1).await(5, TimeUnit.SECONDS);
    FrozenServer frozen = FrozenServer.of(server);
    try {
      Future<?> stuck = database.query(in(60_000), "SELECT 1", Tuple.tuple());
      database.close().await(4, TimeUnit.SECONDS);
      assertEquals(OutageCodes.CLOSED, code(failure(stuck)));
    } finally {
      frozen.close();
    }
  }

  @Test
  void a_thousand_transactions_at_once_are_done_or_refused_as_overload() throws Exception {
    Database wide = database(server.port());
    List<Future<Void>> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      all.add(insert(wide, i));
    }
    Future.join(all).otherwiseEmpty().await(20, TimeUnit.SECONDS);
    Set<String> codes =
        all.stream()
            .filter(Future::failed)
            .map(refused -> code(refused.cause()))
            .collect(Collectors.toSet());
    long done = all.stream().filter(Future::succeeded).count();
    assertEquals(Set.of("overloaded"), codes);
    assertTrue(done >= 100, "only " + done + " were done");
    assertEquals(done, items());
    assertTrue(wide.figures().open() <= POOL);
    assertEquals(0, wide.figures().inUse() + wide.figures().waiting());
    wide.close().await(5, TimeUnit.SECONDS);

    PostgresLogin login =
        new PostgresLogin(
            PostgresProcess.HOST,
            server.port(),
            "postgres",
            PostgresProcess.USER,
            server.password());
    Database roomy =
        Database.open(
            vertx,
            PostgresSettings.of("roomy", login)
                .withPool(POOL, 1_100)
                .withConnectionTimeout(Duration.ofSeconds(15)),
            Clock.system());
    List<Future<Void>> more = new ArrayList<>();
    for (int i = 1_000; i < 2_000; i++) {
      more.add(insert(roomy, i));
    }
    Future.all(more).await(20, TimeUnit.SECONDS);
    assertEquals(done + 1_000, items());
    roomy.close().await(5, TimeUnit.SECONDS);
  }

  private Database throughProxy() throws Exception {
    Database through = database(proxy.port());
    through.query(in(5_000), "SELECT 1", Tuple.tuple()).await(5, TimeUnit.SECONDS);
    return through;
  }

  private static Future<Void> insert(Database into, int id) {
    return into.inTransaction(in(15_000), tx -> tx.execute(INSERT, Tuple.of(id)).mapEmpty());
  }

  /** All connections are lent at the same time, and answer. */
  private void assertEveryConnectionWorks() throws Exception {
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < POOL; i++) {
      all.add(database.query(in(10_000), "SELECT pg_sleep(0.2)", Tuple.tuple()));
    }
    long begin = System.nanoTime();
    Future.all(new ArrayList<>(all)).await(10, TimeUnit.SECONDS);
    assertTrue(System.nanoTime() - begin < 5_000_000_000L);
    assertEquals(0, database.figures().inUse());
    assertFalse(database.figures().open() > POOL);
  }

  private long items() throws Exception {
    return number("SELECT count(*) FROM item");
  }

  private long inTransactions() throws Exception {
    return number("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%'");
  }

  private long sleepers() throws Exception {
    return number(
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state ="
            + " 'active'");
  }

  private long number(String sql) throws Exception {
    return database
        .query(in(5_000), sql, Tuple.tuple())
        .map(rows -> rows.iterator().next().getLong(0))
        .await(5, TimeUnit.SECONDS);
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
