package dev.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.embedded.FrozenServer;
import dev.holdfast.embedded.PostgresOptions;
import dev.holdfast.embedded.PostgresProcess;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool while its server is frozen, killed, full or ends a session. */
class DatabaseOutageIT {
  private static final String INSERT = "INSERT INTO item (id) VALUES ($1)";
  private static final int POOL = 4;

  @TempDir static Path folder;
  private static PostgresProcess server;
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

  @Tag("E-087")
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

  private static Future<Void> insert(Database into, int id) {
    return into.inTransaction(in(15_000), tx -> tx.execute(INSERT, Tuple.of(id)).mapEmpty());
  }

  /** All connections are lent at the same time, and answer. */
  private void assertEveryConnectionWorks() throws Exception {
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < POOL; i++) {
      all.add(database.query(in(10_000), "SELECT pg_sleep(0.2)", Tuple.tuple()));
    }
    Future.all(new ArrayList<>(all)).await(10, TimeUnit.SECONDS);
    assertEquals(0, database.figures().inUse());
    assertFalse(database.figures().open() > POOL);
  }

  private long items() throws Exception {
    return number("SELECT count(*) FROM item");
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
