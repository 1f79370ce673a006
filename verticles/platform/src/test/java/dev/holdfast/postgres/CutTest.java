package dev.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class CutTest {
  static final long PID = Long.parseLong(System.getenv("PG_PID"));

  static void signal(String s) throws Exception {
    List<String> c = new ArrayList<>(List.of("kill", "-" + s, "" + PID));
    ProcessHandle.of(PID).orElseThrow().descendants().forEach(p -> c.add("" + p.pid()));
    assertEquals(0, new ProcessBuilder(c).inheritIO().start().waitFor());
  }

  @Test
  void spike() throws Exception {
    Vertx vertx = Vertx.vertx();
    Pool pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(2).setConnectionTimeout(2))
            .connectingTo(
                new PgConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(54399)
                    .setUser("postgres")
                    .setPassword("x")
                    .setDatabase("postgres"))
            .using(vertx)
            .build();
    SqlConnection connection = pool.getConnection().await(5, TimeUnit.SECONDS);
    connection.query("SELECT 1").execute().await(5, TimeUnit.SECONDS);
    signal("STOP");
    try {
      Future<RowSet<Row>> stuck = connection.query("SELECT 1").execute();
      Future<RowSet<Row>> second = connection.preparedQuery("SELECT 2").execute();
      Future<RowSet<Row>> third = connection.preparedQuery("SELECT 3").execute();
      assertThrows(TimeoutException.class, () -> stuck.await(2, TimeUnit.SECONDS));
      assertFalse(stuck.isComplete());
      long t = System.nanoTime();
      Cut.drop(connection);
      for (Future<?> f : List.of(stuck, second, third)) {
        Throwable e = assertThrows(Exception.class, () -> f.await(1, TimeUnit.SECONDS));
        System.out.println((System.nanoTime() - t) / 1000 + " us " + e);
      }
      assertFalse(Cut.isOpen(connection));
      System.out.println("size " + pool.size());
      Future<SqlConnection> w = pool.getConnection();
      Throwable e = assertThrows(Exception.class, () -> w.await(3, TimeUnit.SECONDS));
      System.out.println((System.nanoTime() - t) / 1000 + " us " + e + " size " + pool.size());
    } finally {
      signal("CONT");
    }
    for (int i = 0; i < 20; i++) {
      SqlConnection c = pool.getConnection().await(5, TimeUnit.SECONDS);
      c.query("SELECT 1").execute().await(5, TimeUnit.SECONDS);
      assertTrue(Cut.isOpen(c));
      c.close().await(1, TimeUnit.SECONDS);
    }
    System.out.println("size " + pool.size());
    vertx.close().await(5, TimeUnit.SECONDS);
  }
}
