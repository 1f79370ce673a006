package dev.holdfast.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.postgres.Database;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.MigratedDatabase;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Empty tables of letters, and a lane that answers by the test's word. */
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LetterStage {
  static final String WHO = "ann";
  static final Duration LIMIT = Duration.ofSeconds(20);
  static final Fingerprint BROKEN = Fingerprint.ofText("broken");

  private static final LocalDate DAY = LocalDate.of(2026, 11, 3);

  final Clock clock = Clock.system();
  final Meters meters = new Meters();
  Vertx vertx;
  TestDatabase tables;
  DeadLetterStore store;
  ScriptedReplayer replayer;
  LetterServices services;
  private Database database;

  @BeforeAll
  void openTables(TestDatabase fresh) {
    tables = fresh;
    vertx = Vertx.vertx();
    database = MigratedDatabase.open(vertx, fresh, "db/holdfast");
    store = new DeadLetterStore(database, meters::lettersParked);
  }

  @BeforeEach
  void emptyTables() {
    tables.execute(
        "TRUNCATE holdfast.dead_letter, holdfast.dead_letter_act, holdfast.dead_letter_replay"
            + " RESTART IDENTITY");
    tables.execute("DROP TABLE IF EXISTS holdfast.refused");
    tables.execute("CREATE TABLE holdfast.refused (id uuid PRIMARY KEY)");
    tables.execute("GRANT INSERT ON holdfast.refused TO holdfast_app");
    replayer = new ScriptedReplayer();
    services = new LetterServices(vertx, database, replayer, meters, clock, "node");
  }

  @AfterAll
  void closeTables() {
    now(database.close());
    now(vertx.close());
  }

  DeadLetter letter(String key, String name, int attempts, Fingerprint cause) {
    return new DeadLetter(
        DeadLetter.Kind.COMMAND,
        "order",
        key,
        id(name),
        1,
        "order.Place",
        "{\"name\":\"" + name + "\"}",
        "lane",
        cause,
        attempts,
        clock.now());
  }

  void park(List<DeadLetter> letters) {
    now(store.park(deadline(), letters));
  }

  static CommandId id(String name) {
    return new CommandId(DerivedId.of("test", name), DAY);
  }

  Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(10), clock);
  }

  static void assertRejected(String code, Outcome<?> outcome) {
    assertEquals(code, assertInstanceOf(Outcome.Rejected.class, outcome).why().code());
  }

  static <T> T now(Future<T> future) {
    try {
      return future.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("nothing came within " + LIMIT, late);
    }
  }
}
