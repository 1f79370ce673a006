package dev.holdfast.workflow;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.CounterAgent;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.testing.AgentDriver;
import dev.holdfast.testing.PlatformSchema;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs of two nodes on one database. */
@ExtendWith(PostgresExtension.class)
class TakeOverIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int RUNS = 5;

  private TestDatabase rows;
  private RunNode first;
  private RunNode second;

  @BeforeEach
  void open() {
    rows = TestDatabase.create(PostgresExtension.server());
    PostgresLogin login = PlatformSchema.with(rows, List.of(CounterAgent.TABLE));
    first = new RunNode("node-first", login);
    second = new RunNode("node-second", login);
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
    rows.close();
  }

  private long runs(String where) {
    return rows.number("SELECT count(*) FROM holdfast.run WHERE " + where);
  }

  private long total() {
    return rows.number("SELECT coalesce(sum(total), 0) FROM counter");
  }

  private List<UUID> waitingRuns() {
    List<UUID> runs = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      runs.add(first.begin("counter-" + run, 1, true));
    }
    await().atMost(LIMIT).until(() -> runs("status = 'WAITING'") == RUNS);
    return runs;
  }

  @Test
  void the_runs_of_a_node_that_is_gone_are_finished_once_by_another() {
    List<UUID> runs = waitingRuns();
    first.wire.silence();
    await().atMost(LIMIT).until(() -> second.runner.open() == RUNS);
    assertEquals(RUNS, runs("node = 'node-second'"));

    // The first wakes up, hears of all this before the second does, and may write nothing.
    runs.forEach(run -> first.go(run, 10));
    await().atMost(LIMIT).until(() -> runs("status = 'COMPLETED'") == RUNS);
    await().atMost(LIMIT).until(() -> first.runner.open() == 0);
    assertEquals(RUNS, runs("status = 'COMPLETED' AND node = 'node-second'"));
    assertEquals(RUNS * 11, total());
    assertEquals(2 * RUNS, rows.number("SELECT count(*) FROM holdfast.reply"));

    first.wire.pass();
    AgentDriver.await(first.lease.lost());
    assertFalse(first.lease.held());
  }

  @Test
  void a_run_begun_by_a_node_that_was_replaced_is_finished_once() {
    waitingRuns();
    first.wire.silence();
    await().atMost(LIMIT).until(() -> second.runner.open() == RUNS);
    UUID late = first.begin("late", 1, true);
    first.go(late, 10);
    await().atMost(LIMIT).until(() -> runs("status = 'COMPLETED'") == 1);
    assertEquals(11, rows.number("SELECT total FROM counter WHERE name = 'late'"));
  }

  @Test
  void runs_of_a_node_that_renews_its_lease_again_stay_its_own() {
    List<UUID> runs = waitingRuns();
    first.wire.refuse();
    await().atMost(LIMIT).until(() -> !first.lease.held());
    first.wire.pass();
    await().atMost(LIMIT).until(first.lease::held);
    runs.forEach(run -> second.go(run, 10));
    await().atMost(LIMIT).until(() -> runs("status = 'COMPLETED'") == RUNS);
    assertTrue(first.lease.held());
    assertEquals(RUNS, runs("node = 'node-first'"));
    assertEquals(RUNS * 11, total());
  }

  @Test
  void a_run_whose_hint_was_lost_is_found_in_its_row() {
    UUID run = first.begin("unheard", 1, false);
    await().atMost(LIMIT).until(() -> runs("status = 'WAITING'") == 1);
    first.go(run, 10);
    await().atMost(LIMIT).until(() -> runs("status = 'COMPLETED'") == 1);
    assertEquals(11, total());
    assertEquals(0, first.runner.open());
  }
}
