package dev.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pool of two on a fresh table, and how to look at it. */
abstract class DatabaseFixture {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  static final String INSERT = "INSERT INTO item (id, note) VALUES ($1, $2)";

  Vertx vertx;
  Database database;
  TestDatabase inside;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    inside = POSTGRES.database();
    inside.execute("DROP TABLE IF EXISTS item");
    inside.execute("CREATE TABLE item (id int PRIMARY KEY, note text CHECK (note <> 'bad'))");
    database = Database.open(vertx, settings().withPool(2, 20), Clock.system());
  }

  @AfterEach
  void close() throws Exception {
    database.close().await(5, TimeUnit.SECONDS);
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  final PostgresSettings settings() {
    return settings(inside.port());
  }

  /** The same database by another way, such as a proxy. */
  final PostgresSettings settings(int port) {
    return PostgresSettings.of(
            "test",
            new PostgresLogin(inside.host(), port, inside.name(), inside.user(), inside.password()))
        .withConnectionTimeout(Duration.ofSeconds(8));
  }

  static Future<RowSet<Row>> insert(Tx tx, int id, String note) {
    return tx.execute(INSERT, Tuple.of(id, note));
  }

  /** Lets the pool see the statement once, so that COMMIT is sent behind it at once. */
  final void know(String sql) throws Exception {
    database
        .inTransaction(soon(), tx -> tx.execute(sql, Tuple.of(99, "known")))
        .await(5, TimeUnit.SECONDS);
    inside.execute("DELETE FROM item WHERE id = 99");
  }

  /** Both connections are lent, work, and are in no transaction left behind. */
  final void assertUsable() throws Exception {
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

  final long items() {
    return inside.number("SELECT count(*) FROM item");
  }

  static Deadline soon() {
    return in(10_000);
  }

  static Deadline in(long ms) {
    return Deadline.in(Duration.ofMillis(ms), Clock.system());
  }

  static Throwable failure(Future<?> future) {
    return assertThrows(Exception.class, () -> future.await(8, TimeUnit.SECONDS));
  }

  static String code(Throwable failure) {
    return assertInstanceOf(Unavailable.class, failure).code();
  }
}
