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
import dev.holdfast.workflow.RunLog.RunEntry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs that can go neither way by themselves. */
@ExtendWith(PostgresExtension.class)
class NeedsHumanIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private TestDatabase rows;
  private RunNode node;
  private RunLog log;

  @BeforeEach
  void open() {
    rows = TestDatabase.create(PostgresExtension.server());
    PostgresLogin login = PlatformSchema.with(rows, List.of(CounterAgent.TABLE));
    node = new RunNode("node", login);
    log = new RunLog(node.database);
  }

  @AfterEach
  void close() {
    node.close();
    rows.close();
  }

  private RunEntry entry(UUID run) {
    return AgentDriver.await(log.find(run, RunNode.deadline())).orElseThrow();
  }

  private RunEntry until(UUID run, RunStatus status) {
    return await().atMost(LIMIT).until(() -> entry(run), found -> found.status() == status);
  }

  private long total() {
    return rows.number("SELECT coalesce(sum(total), 0) FROM counter");
  }

  private boolean resume(UUID run, boolean forward) {
    return AgentDriver.await(node.runner.resume(run, forward));
  }

  @Test
  void an_undo_that_cannot_succeed_waits_for_a_person_and_goes_on_back_when_it_is_resumed() {
    UUID run = node.begin("c", 5, true);
    until(run, RunStatus.WAITING);
    rows.execute("UPDATE counter SET total = 3");
    node.cancel(run);
    assertTrue(until(run, RunStatus.NEEDS_HUMAN).reason().contains("too_little"));
    assertEquals(1L, AgentDriver.await(log.counts(RunNode.deadline())).get(RunStatus.NEEDS_HUMAN));
    List<RunEntry> page =
        AgentDriver.await(log.page(RunStatus.NEEDS_HUMAN, 10, RunNode.deadline()));
    assertEquals(run, page.getFirst().runId());

    // The cause is still there: it is asked anew, and refused anew.
    assertTrue(resume(run, true));
    await().atMost(LIMIT).until(() -> node.runner.open() == 0);
    assertTrue(until(run, RunStatus.NEEDS_HUMAN).reason().contains("too_little"));

    rows.execute("UPDATE counter SET total = 5");
    assertTrue(resume(run, true), "one that was turning back goes on back");
    RunEntry ended = until(run, RunStatus.TURNED_BACK);
    assertTrue(ended.reason().contains("cancelled"), ended.reason());
    assertEquals(0, total());
    assertEquals(
        1, rows.number("SELECT count(*) FROM holdfast.run WHERE milestone_body = 'cancelled'"));
    assertFalse(resume(run, true));
  }

  @Test
  void a_step_refused_behind_the_pivot_is_asked_anew_when_the_run_is_resumed() {
    UUID run = node.begin("c", 5, true);
    until(run, RunStatus.WAITING);
    node.go(run, 99);
    RunEntry stuck = until(run, RunStatus.NEEDS_HUMAN);
    assertTrue(stuck.reason().contains("too_much"));
    assertTrue(stuck.steps().get("second").refused());

    rows.execute("UPDATE counter SET total = 1");
    assertTrue(resume(run, true));
    RunEntry ended = until(run, RunStatus.COMPLETED);
    assertEquals(100, total());
    assertTrue(ended.steps().get("second").done());
  }
}
