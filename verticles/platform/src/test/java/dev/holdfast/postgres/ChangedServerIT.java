package dev.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The server is changed under a pool that runs: its tables by a migration, its roles by a person.
 */
class ChangedServerIT extends DatabaseFixture {
  private static final String READ = "SELECT id, note FROM item";
  private static final int CONNECTIONS = 2;
  private static final String ROLE = "changed_guest";

  @AfterEach
  void dropTheRole() {
    inside.execute("DROP OWNED BY " + ROLE);
    inside.execute("DROP ROLE " + ROLE);
  }

  @Tag("E-083")
  @Test
  void a_migration_under_prepared_statements_costs_each_connection_one_call_at_most()
      throws Exception {
    guest();
    everyConnectionReads();
    inside.execute("ALTER TABLE item ALTER COLUMN id TYPE bigint");
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Future<RowSet<Row>> read = database.query(soon(), READ, Tuple.tuple());
      read.otherwiseEmpty().await(5, TimeUnit.SECONDS);
      if (read.failed()) {
        codes.add(code(read.cause()));
      }
    }
    assertTrue(codes.size() <= CONNECTIONS, codes.toString());
    assertTrue(codes.stream().allMatch(OutageCodes.PLAN_OUTDATED::equals), codes.toString());
    everyConnectionReads();
  }

  @Test
  void a_role_that_may_log_in_no_more_is_an_outage_and_is_used_again_when_it_may()
      throws Exception {
    PostgresLogin login =
        new PostgresLogin(inside.host(), inside.port(), inside.name(), ROLE, "before");
    guest();
    Database guests =
        Database.open(vertx, PostgresSettings.of("guests", login).withPool(1, 4), Clock.system());
    assertEquals(1, one(guests));
    inside.execute("ALTER ROLE %s NOLOGIN".formatted(ROLE));
    endSessions();
    for (int i = 0; i < 5; i++) {
      String refused = code(failure(guests.query(soon(), "SELECT 1", Tuple.tuple())));
      assertTrue(
          List.of(OutageCodes.LOGIN_REFUSED, OutageCodes.SHUTTING_DOWN, OutageCodes.CONNECTION_LOST)
              .contains(refused),
          refused);
    }
    inside.execute("ALTER ROLE %s LOGIN".formatted(ROLE));
    assertEquals(1, one(guests));
    guests.close().await(5, TimeUnit.SECONDS);
  }

  private void guest() {
    inside.execute("CREATE ROLE %s LOGIN PASSWORD 'before'".formatted(ROLE));
  }

  private void endSessions() {
    inside.number(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = '%s'"
            .formatted(ROLE));
  }

  private static int one(Database from) throws Exception {
    return from.query(soon(), "SELECT 1", Tuple.tuple())
        .map(rows -> rows.iterator().next().getInteger(0))
        .await(5, TimeUnit.SECONDS);
  }

  private void everyConnectionReads() throws Exception {
    List<Future<RowSet<Row>>> reads = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS * 4; i++) {
      reads.add(database.query(soon(), READ, Tuple.tuple()));
    }
    Future.all(reads).await(5, TimeUnit.SECONDS);
  }
}
