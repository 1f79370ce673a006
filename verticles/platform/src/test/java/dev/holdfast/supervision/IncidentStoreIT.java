package dev.holdfast.supervision;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.postgres.PostgresSettings;
import dev.holdfast.recovery.Choice;
import dev.holdfast.recovery.RungName;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IncidentStoreIT {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();
  private static final Instant NINE = Instant.parse("2026-11-02T09:00:00.123456Z");

  private static Vertx vertx;
  private static Database database;
  private static IncidentStore store;

  @BeforeAll
  static void open() throws IOException {
    TestDatabase test = POSTGRES.database();
    test.execute("CREATE SCHEMA holdfast");
    test.execute(migration("V020__incidents.sql"));
    test.execute(migration("V050__recovery.sql"));
    vertx = Vertx.vertx();
    PostgresLogin login =
        new PostgresLogin(test.host(), test.port(), test.name(), test.user(), test.password());
    database = Database.open(vertx, PostgresSettings.of("incidents", login), Clock.system());
    store = new IncidentStore(database, Clock.system());
  }

  @AfterAll
  static void close() throws Exception {
    database.close().await(10, SECONDS);
    vertx.close().await(10, SECONDS);
  }

  @Test
  void an_incident_is_one_row_that_grows_until_it_ends() throws Exception {
    Incident seen = incident("a");
    Incident acted = seen.acted("restart a", NINE.plusMillis(20));
    Incident proven = acted.proven(NINE.plusMillis(60));

    write(seen);
    write(acted);
    write(proven);
    write(acted);

    try (var connection = POSTGRES.database().connect();
        var statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT signals[1], action, outcome, extract(epoch FROM proven_at - fault_at),"
                    + " fault_at = '2026-11-02T09:00:00.123456Z' FROM holdfast.incident"
                    + " WHERE child = 'a'")) {
      row.next();
      assertEquals("UNCAUGHT: a bug", row.getString(1));
      assertEquals("restart a", row.getString(2));
      assertEquals("RECOVERED", row.getString(3));
      assertEquals(0.06, row.getDouble(4), 1e-9);
      assertEquals(true, row.getBoolean(5));
      assertEquals(false, row.next());
    }
  }

  @Test
  void restarts_are_faults_that_were_answered_by_one() {
    long before = restarts();
    write(incident("b").acted("restart b", NINE));
    write(incident("c").acted("park c", NINE).ended(Incident.Outcome.PARKED));
    write(incident("d"));

    assertEquals(before + 1, restarts());
  }

  /** Again when a busy machine is too slow for the store's deadline, as the supervisor does. */
  private static void write(Incident incident) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptionsInstanceOf(Unavailable.class)
        .until(() -> store.write(incident).await(10, SECONDS) == null);
  }

  private static long restarts() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptionsInstanceOf(Unavailable.class)
        .until(() -> store.restarts().await(10, SECONDS), count -> true);
  }

  private static Incident incident(String child) {
    return new Incident(
        DerivedId.of("incident", "test", child),
        "test",
        child,
        List.of("UNCAUGHT: a bug"),
        new Choice(RungName.RESTART, "restart: 1 of 5 crashes", List.of("failover: too early")),
        "",
        Incident.Times.of(NINE, NINE, NINE),
        Incident.Outcome.OPEN);
  }

  private static String migration(String name) throws IOException {
    try (var file = IncidentStore.class.getResourceAsStream("/db/holdfast/" + name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
