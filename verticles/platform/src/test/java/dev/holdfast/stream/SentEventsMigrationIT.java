package dev.holdfast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.postgres.Migrations;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.postgres.RoleStore;
import dev.holdfast.testing.MigratedDatabase;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A database whose outbox holds sent events as well is brought up to date. */
@ExtendWith(PostgresExtension.class)
class SentEventsMigrationIT {
  private static final String ROW =
      """
      INSERT INTO holdfast.outbox (lane, merchant_id, topic, aggregate, version, event_id, type,
        occurred_at, caused_by, body, sent_at)
      VALUES (3, 1, 'orders', 'order-%1$d', %1$d, gen_random_uuid(), 'order.Changed', now(),
        gen_random_uuid(), '{"version":%1$d}', %2$s)
      """;

  @Test
  void what_was_sent_is_told_what_is_unsent_is_not_and_the_sequence_goes_on() throws Exception {
    try (TestDatabase database = TestDatabase.create(PostgresExtension.server())) {
      PostgresLogin migrator = MigratedDatabase.migrator(database);
      RoleStore.prepare(
          MigratedDatabase.superuser(database),
          migrator,
          MigratedDatabase.superuser(database).as(RoleStore.APPLICATION, "of-the-test"));
      migrate(migrator, "060");
      database.execute(ROW.formatted(1, "now() - interval '9 days'"));
      database.execute(ROW.formatted(2, "now() - interval '6 days'"));
      database.execute(ROW.formatted(3, "NULL"));
      database.execute(ROW.formatted(4, "now()"));
      database.execute(ROW.formatted(5, "NULL"));
      database.execute(ROW.formatted(6, "NULL"));

      new Migrations(List.of("db/holdfast")).apply(migrator);

      assertEquals(5, database.number("SELECT count(*) FROM holdfast.outbox"));
      assertEquals(3, database.number("SELECT count(*) FROM holdfast.outbox_unsent"));
      assertEquals(
          3,
          database.number(
              "SELECT count(*) FROM holdfast.outbox_unsent WHERE version IN (3, 5, 6)"));
      assertEquals(
          1,
          database.number(
              """
              SELECT count(*) FROM holdfast.outbox_position
              WHERE told = 2 AND told_to = 6 AND gap_first = '{3,5}' AND gap_last = '{3,6}'
              """));
      assertEquals(
          5,
          database.number(
              """
              SELECT count(*) FROM holdfast.outbox
              WHERE seq = version AND topic = 'orders' AND merchant_id = 1
                AND aggregate = 'order-' || version AND body = '{"version":' || version || '}'
              """));
      assertEquals(
          1,
          database.number(
              """
              SELECT count(*) FROM holdfast.outbox
              WHERE slot = ((now() - interval '6 days')::date - date '2000-01-01') % 10
              """));
      database.execute(
          ROW.replace("(lane, ", "(")
              .replace("(3, ", "(")
              .replace(", sent_at)", ")")
              .replace(", %2$s)", ")")
              .formatted(7));
      assertEquals(7, database.number("SELECT max(seq) FROM holdfast.outbox"));
    }
  }

  @Test
  void an_outbox_that_was_never_written_begins_at_one() throws Exception {
    try (TestDatabase database = TestDatabase.create(PostgresExtension.server())) {
      MigratedDatabase.prepare(database, "db/holdfast");
      assertEquals(0, database.number("SELECT told_to FROM holdfast.outbox_position"));
      assertEquals(1, database.number("SELECT nextval('holdfast.outbox_next')"));
    }
  }

  private static void migrate(PostgresLogin migrator, String target) {
    Flyway.configure()
        .dataSource(
            "jdbc:postgresql://%s:%d/%s"
                .formatted(migrator.host(), migrator.port(), migrator.database()),
            migrator.user(),
            migrator.password())
        .locations("classpath:db/holdfast")
        .schemas("holdfast")
        .defaultSchema("holdfast")
        .table("migration")
        .placeholderReplacement(false)
        .target(target)
        .load()
        .migrate();
  }
}
