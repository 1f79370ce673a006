package dev.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.testing.MigratedDatabase;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MigrationsIT {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final Migrations PLATFORM = new Migrations(List.of("db/holdfast"));
  private static final Migrations BOTH =
      new Migrations(List.of("db/holdfast", "db/migrationstest"));

  private TestDatabase empty;
  private PostgresLogin application;
  private Vertx vertx;
  private Database database;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    empty = TestDatabase.create(PostgresExtension.server());
    application = MigratedDatabase.superuser(empty).as(RoleStore.APPLICATION, "first-password");
    RoleStore.prepare(MigratedDatabase.superuser(empty), migrator(), application);
    database = open(application);
  }

  @AfterEach
  void close() throws Exception {
    database.close().await(5, TimeUnit.SECONDS);
    vertx.close().await(5, TimeUnit.SECONDS);
    empty.close();
  }

  @Test
  void an_empty_database_is_behind_and_then_is_not() throws Exception {
    assertTrue(PLATFORM.areMissing(database, soon()).await(5, TimeUnit.SECONDS));
    int applied =
        PLATFORM.applyMissing(vertx, database, soon(), migrator()).await(60, TimeUnit.SECONDS);
    assertTrue(applied >= 1, applied + " applied");
    assertFalse(PLATFORM.areMissing(database, soon()).await(5, TimeUnit.SECONDS));
    int again =
        PLATFORM.applyMissing(vertx, database, soon(), migrator()).await(60, TimeUnit.SECONDS);
    assertEquals(0, again);
  }

  @Test
  void a_further_owner_has_its_place_in_the_same_history() throws Exception {
    PLATFORM.apply(migrator());
    assertTrue(BOTH.areMissing(database, soon()).await(5, TimeUnit.SECONDS));
    assertEquals(2, BOTH.apply(migrator()));
    assertFalse(BOTH.areMissing(database, soon()).await(5, TimeUnit.SECONDS));
    assertFalse(PLATFORM.areMissing(database, soon()).await(5, TimeUnit.SECONDS), "ahead is fine");
    ask(database, "INSERT INTO migrationstest.thing (id) VALUES (1)");
  }

  @Test
  void the_application_owns_nothing_and_may_not_change_the_schema() throws Exception {
    PLATFORM.apply(migrator());
    ask(database, "INSERT INTO holdfast.node VALUES ('a', 1, now(), now())");
    ask(database, "SELECT nextval('holdfast.fence')");
    for (String forbidden :
        List.of(
            "DROP TABLE holdfast.node",
            "ALTER TABLE holdfast.node ADD COLUMN more text",
            "TRUNCATE holdfast.node",
            "CREATE TABLE holdfast.mine (id int)",
            "CREATE TABLE public.mine (id int)",
            "CREATE SCHEMA mine",
            "DELETE FROM holdfast.migration",
            "UPDATE holdfast.migration SET success = false",
            "SET ROLE holdfast_migrator")) {
      Throwable refused = assertThrows(Exception.class, () -> ask(database, forbidden), forbidden);
      assertTrue(SqlState.is(refused, "42501"), forbidden + ": " + refused);
    }
    assertEquals(
        0,
        empty.number(
            "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner"
                + " WHERE r.rolname = 'holdfast_app'"));
  }

  @Test
  void preparing_again_changes_the_passwords_and_nothing_else() throws Exception {
    PLATFORM.apply(migrator());
    PostgresLogin renewed = application.as(RoleStore.APPLICATION, "second'\"$password");
    RoleStore.prepare(MigratedDatabase.superuser(empty), migrator(), renewed);
    Database again = open(renewed);
    ask(again, "SELECT count(*) FROM holdfast.node");
    again.close().await(5, TimeUnit.SECONDS);
    Database former = open(application);
    Throwable refused = assertThrows(Exception.class, () -> ask(former, "SELECT 1"));
    assertTrue(refused.getMessage().contains("28P01"), refused.toString());
  }

  @Test
  void names_that_could_be_sql_are_refused() {
    PostgresLogin odd = application.withDatabase("x; DROP DATABASE postgres");
    assertThrows(
        IllegalArgumentException.class,
        () -> RoleStore.prepare(MigratedDatabase.superuser(empty), odd, odd));
  }

  @Test
  void a_location_without_migrations_is_an_error() {
    Migrations nowhere = new Migrations(List.of("db/nowhere"));
    assertThrows(IllegalArgumentException.class, () -> nowhere.areMissing(database, soon()));
  }

  @Test
  void messages_are_english_whatever_the_server_speaks() throws Exception {
    RowSet<Row> rows = ask(database, "SELECT current_setting('lc_messages')");
    assertEquals("C", rows.iterator().next().getString(0));
  }

  private PostgresLogin migrator() {
    return MigratedDatabase.superuser(empty).as(RoleStore.MIGRATOR, "of-the-tests");
  }

  private Database open(PostgresLogin login) {
    return Database.open(
        vertx,
        PostgresSettings.of("test", login).withConnectionTimeout(Duration.ofSeconds(10)),
        Clock.system());
  }

  private static RowSet<Row> ask(Database database, String sql) throws Exception {
    Future<RowSet<Row>> answer = database.query(soon(), sql, Tuple.tuple());
    return answer.await(10, TimeUnit.SECONDS);
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(10), Clock.system());
  }
}
