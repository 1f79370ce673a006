package dev.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.embedded.FrozenServer;
import dev.holdfast.embedded.PostgresOptions;
import dev.holdfast.embedded.PostgresProcess;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guards the one class that reaches into the driver, with a server that is really stopped. */
class CutIT {
  @TempDir static Path folder;
  static PostgresProcess server;
  static Vertx vertx;

  @BeforeAll
  static void start() throws InterruptedException {
    server = PostgresProcess.start(folder, PostgresOptions.defaults());
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().await(5, TimeUnit.SECONDS);
    server.close();
  }

  @Test
  void a_frozen_server_holds_a_plain_query_and_no_cut_one() throws Exception {
    Pool pool = pool(2);
    SqlConnection connection = pool.getConnection().await(5, TimeUnit.SECONDS);
    one(connection);
    int cutPid = ((PgConnection) connection).processId();
    FrozenServer frozen = FrozenServer.of(server);
    try {
      Future<?> simple = connection.query("SELECT 1").execute();
      Future<?> prepared = connection.preparedQuery("SELECT 2").execute();
      Future<?> queued = connection.preparedQuery("SELECT 3").execute();
      assertThrows(TimeoutException.class, () -> simple.await(2, TimeUnit.SECONDS));
      assertFalse(prepared.isComplete() || queued.isComplete(), "all hang");

      long begin = System.nanoTime();
      Cut.drop(connection);
      assertThrows(ClosedConnectionException.class, () -> simple.await(1, TimeUnit.SECONDS));
      for (Future<?> query : List.of(prepared, queued)) {
        assertThrows(Exception.class, () -> query.await(1, TimeUnit.SECONDS));
        assertTrue(query.failed());
      }
      assertTrue(System.nanoTime() - begin < 1_000_000_000L, "within a second");
      assertFalse(Cut.isOpen(connection));
      assertEquals(0, pool.size(), "the pool has forgotten it");
    } finally {
      frozen.close();
    }
    assertFalse(borrowAll(pool, 2).contains(cutPid), "never lent again");
    pool.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void those_who_wait_get_a_fresh_connection_and_never_the_cut_one() throws Exception {
    Pool pool = pool(1);
    SqlConnection connection = pool.getConnection().await(5, TimeUnit.SECONDS);
    Future<?> slow = connection.query("SELECT pg_sleep(30)").execute();
    List<Future<SqlConnection>> waiting =
        List.of(pool.getConnection(), pool.getConnection(), pool.getConnection());
    Cut.drop(connection);
    assertThrows(ClosedConnectionException.class, () -> slow.await(1, TimeUnit.SECONDS));
    for (Future<SqlConnection> next : waiting) {
      SqlConnection fresh = next.await(5, TimeUnit.SECONDS);
      one(fresh);
      fresh.close().await(1, TimeUnit.SECONDS);
    }
    pool.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void cutting_twice_or_after_the_server_is_gone_does_no_harm() throws Exception {
    Pool pool = pool(1);
    SqlConnection connection = pool.getConnection().await(5, TimeUnit.SECONDS);
    Cut.drop(connection);
    Cut.drop(connection);
    SqlConnection next = pool.getConnection().await(5, TimeUnit.SECONDS);
    one(next);
    next.query("SELECT pg_terminate_backend(pg_backend_pid())")
        .execute()
        .otherwiseEmpty()
        .await(5, TimeUnit.SECONDS);
    Cut.drop(next);
    assertEquals(1, borrowAll(pool, 1).size());
    pool.close().await(5, TimeUnit.SECONDS);
  }

  private static Pool pool(int size) {
    return PgBuilder.pool()
        .with(new PoolOptions().setMaxSize(size).setConnectionTimeout(10))
        .connectingTo(
            new PgConnectOptions()
                .setHost(PostgresProcess.HOST)
                .setPort(server.port())
                .setUser(PostgresProcess.USER)
                .setPassword(server.password())
                .setDatabase("postgres"))
        .using(vertx)
        .build();
  }

  private static void one(SqlConnection connection) throws Exception {
    connection.query("SELECT 1").execute().await(5, TimeUnit.SECONDS);
  }

  /** Lends all connections at once, uses and returns them; their back ends' process ids. */
  private static Set<Integer> borrowAll(Pool pool, int size) throws Exception {
    Set<Integer> pids = new HashSet<>();
    List<SqlConnection> lent = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      SqlConnection connection = pool.getConnection().await(5, TimeUnit.SECONDS);
      one(connection);
      pids.add(((PgConnection) connection).processId());
      lent.add(connection);
    }
    for (SqlConnection connection : lent) {
      connection.close().await(1, TimeUnit.SECONDS);
    }
    return pids;
  }
}
