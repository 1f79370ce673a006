package dev.holdfast.degradation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.kernel.Clock;
import dev.holdfast.postgres.Database;
import dev.holdfast.testing.MigratedDatabase;
import dev.holdfast.testing.PostgresExtension;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("E-060")
class LevelHistoryIT {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();
  private static final Instant NINE = Clock.system().now().minusSeconds(3_600);

  private final Vertx vertx = Vertx.vertx();
  private Database database;

  @BeforeEach
  void open() {
    database = MigratedDatabase.open(vertx, POSTGRES.database(), "db/holdfast");
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private LevelHistory history(String node) throws Exception {
    LevelHistory history = new LevelHistory(database, node, Clock.system());
    vertx.deployVerticle(history).await(10, TimeUnit.SECONDS);
    return history;
  }

  private static LevelChange change(Level from, Level to, int second) {
    Instant at = NINE.plusSeconds(second);
    return new LevelChange(
        LevelChange.PLATFORM, from, to, at, List.of(new Standing.Reason("pg_write", at, "silent")));
  }

  private static long rows() {
    return POSTGRES.database().number("SELECT count(*) FROM holdfast.level_change");
  }

  @Test
  void changes_are_kept_over_lives_also_those_told_while_the_database_took_nothing()
      throws Exception {
    LevelHistory first = history("one");
    first.levelChanged(change(Level.FULL, Level.FAILED, 0));
    await().atMost(20, TimeUnit.SECONDS).until(() -> rows() == 1);
    POSTGRES.database().execute("ALTER TABLE holdfast.level_change RENAME TO elsewhere");
    first.levelChanged(change(Level.FULL, Level.DATABASE_FALLBACK, 1));
    first.levelChanged(change(Level.DATABASE_FALLBACK, Level.FULL, 2));
    // Longer than from one try to the next.
    await()
        .during(1_500, TimeUnit.MILLISECONDS)
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> first.latest(10).size() == 3);
    POSTGRES.database().execute("ALTER TABLE holdfast.elsewhere RENAME TO level_change");
    await().atMost(20, TimeUnit.SECONDS).until(() -> rows() == 3);

    LevelHistory second = history("two");
    second.levelChanged(change(Level.FULL, Level.KAFKA_UNAVAILABLE, 3));
    await().atMost(20, TimeUnit.SECONDS).until(() -> second.latest(10).size() == 4);
    List<RecordedChange> latest = second.latest(10);
    assertEquals(
        List.of("one", "one", "one", "two"), latest.stream().map(RecordedChange::node).toList());
    assertEquals(
        List.of(Level.FAILED, Level.DATABASE_FALLBACK, Level.FULL, Level.KAFKA_UNAVAILABLE),
        latest.stream().map(RecordedChange::to).toList());
    assertEquals(List.of("pg_write: silent"), latest.getFirst().reasons());
    assertEquals(List.of(latest.getLast()), second.latest(1));
    await().atMost(20, TimeUnit.SECONDS).until(() -> rows() == 4);
  }

  @Test
  void no_more_than_the_limit_stays_in_memory() throws Exception {
    LevelHistory history = new LevelHistory(database, "one", Clock.system());
    for (int i = 0; i < LevelHistory.LIMIT + 10; i++) {
      history.levelChanged(change(Level.FULL, Level.DATABASE_FALLBACK, i));
    }
    assertEquals(LevelHistory.LIMIT, history.latest(LevelHistory.LIMIT + 10).size());
    assertEquals(NINE.plusSeconds(10), history.latest(LevelHistory.LIMIT).getFirst().at());
  }
}
