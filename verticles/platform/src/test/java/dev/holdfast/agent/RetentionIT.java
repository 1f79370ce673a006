package dev.holdfast.agent;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.bus.Bus;
import dev.holdfast.bus.MessageTypes;
import dev.holdfast.kernel.Clock;
import dev.holdfast.postgres.Database;
import dev.holdfast.testing.AgentDriver;
import dev.holdfast.testing.MigratedDatabase;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.Reports;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How long replies are kept. */
@ExtendWith(PostgresExtension.class)
class RetentionIT {
  private static final int KEPT = 35;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** There are partitions of the ages 59 to 29 days, and those around today, left out here. */
  private static final String PARTITIONS =
      """
      SELECT count(*) FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
      WHERE inhparent = 'holdfast.reply'::regclass
        AND substr(c.relname, 7) < to_char(current_date - 1, 'YYYYMMDD')
      """;

  private final Vertx vertx = Vertx.vertx();
  private final MovedClock clock = new MovedClock();
  private final Bus bus = new Bus(vertx, clock);
  private TestDatabase rows;
  private Database database;

  /** The machine's clock, some days ahead. */
  private static final class MovedClock implements Clock {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant now() {
      return Clock.system().now().plus(ahead);
    }

    @Override
    public long nanoTime() {
      return Clock.system().nanoTime();
    }
  }

  @BeforeEach
  void open() {
    rows = TestDatabase.create(PostgresExtension.server());
    database = MigratedDatabase.open(vertx, rows, "db/holdfast");
    rows.execute("SELECT holdfast.make_reply_partitions(current_date - 59, 31)");
  }

  @AfterEach
  void close() {
    AgentDriver.await(vertx.close());
    rows.close();
  }

  /** As at the start of a process, and every hour of one. */
  private void tend() {
    TimerVerticle timers =
        new TimerVerticle(bus, MessageTypes.of(), database, clock, KEPT, Reports.of(clock));
    AgentDriver.await(vertx.deployVerticle(timers).compose(vertx::undeploy));
  }

  private boolean isKept(int age) {
    String ofThatAge =
        " AND substr(c.relname, 7) = to_char(current_date - " + age + ", 'YYYYMMDD')";
    return rows.number(PARTITIONS + ofThatAge) == 1;
  }

  @Test
  void days_older_than_replies_are_kept_are_dropped_and_no_others() {
    assertEquals(31, rows.number(PARTITIONS));
    tend();
    // Of the ages 59 to 29 those up to 35 stay.
    await().atMost(LIMIT).until(() -> rows.number(PARTITIONS) == 7);
    assertTrue(isKept(35));
    assertFalse(isKept(36));

    clock.ahead = Duration.ofDays(3);
    tend();
    await().atMost(LIMIT).until(() -> rows.number(PARTITIONS) == 4);
    assertTrue(isKept(32));
    assertFalse(isKept(33));
  }

  @Test
  void a_day_that_something_unfinished_names_stays_until_that_has_ended() {
    run("WAITING", 50, "{}");
    run("NEEDS_HUMAN", 49, "{\"steps\":{\"reserve\":{\"on\":\"" + day(48) + "\",\"done\":true}}}");
    run("COMPLETED", 47, "{}");
    letter(46, "command", "NULL");
    letter(45, "undo of " + new UUID(1, 2) + " " + day(44), "NULL");
    letter(43, "command", "now()");
    rows.execute(
        "INSERT INTO holdfast.timer VALUES"
            + " ('counter', 'o', 'n', 1, now() + interval '1 day', 't', '{}', current_date - 42)");
    outbox(41);
    tend();
    await().atMost(LIMIT).until(() -> rows.number(PARTITIONS) == 7 + 8);
    for (int age : new int[] {50, 49, 48, 46, 45, 44, 42, 41}) {
      assertTrue(isKept(age), "age " + age);
    }

    rows.execute("UPDATE holdfast.run SET status = 'COMPLETED'");
    rows.execute("UPDATE holdfast.dead_letter SET closed_at = now(), closed_as = 'DISCARDED'");
    rows.execute("DELETE FROM holdfast.timer");
    rows.execute("DELETE FROM holdfast.outbox");
    tend();
    await().atMost(LIMIT).until(() -> rows.number(PARTITIONS) == 7);
  }

  @Test
  void a_wrong_clock_drops_nothing_of_the_last_thirty_days() {
    clock.ahead = Duration.ofDays(20);
    tend();
    assertThrows(
        RuntimeException.class,
        () -> rows.number("SELECT holdfast.drop_reply_partitions(current_date - 29, 5)"));
    assertEquals(31, rows.number(PARTITIONS));
  }

  private String day(int age) {
    return LocalDate.ofEpochDay(rows.number("SELECT current_date - date '1970-01-01'") - age)
        .toString();
  }

  private void run(String status, int age, String memory) {
    rows.execute(
        """
        INSERT INTO holdfast.run (run_id, merchant_id, definition, definition_version, parking_key,
          status, node, fence, segment_on, input, memory, started_at, updated_at)
        VALUES (gen_random_uuid(), 1, 'd', 1, 'k', '%s', 'n', 1, current_date - %d, '{}', '%s',
          now() - interval '60 days', now())
        """
            .formatted(status, age, memory));
  }

  private void letter(int age, String origin, String closed) {
    rows.execute(
        """
        INSERT INTO holdfast.dead_letter (agent, parking_key, command_id, issued_on, merchant_id,
          type, command, origin, error, fingerprint, parked_at, closed_at)
        VALUES ('counter', 'k', gen_random_uuid(), current_date - %d, 1, 't', '{}', '%s', 'e', 'f',
          now(), %s)
        """
            .formatted(age, origin, closed));
  }

  private void outbox(int age) {
    rows.execute(
        """
        INSERT INTO holdfast.outbox (merchant_id, topic, aggregate, version, event_id, type,
          occurred_at, caused_by, body)
        VALUES (1, 't', 'a', 1, gen_random_uuid(), 't',
          ((current_date - %d) + time '12:00') AT TIME ZONE 'UTC', gen_random_uuid(), '{}')
        """
            .formatted(age));
  }
}
