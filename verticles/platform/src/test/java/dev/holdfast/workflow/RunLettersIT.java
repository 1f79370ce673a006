package dev.holdfast.workflow;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.CommandReplayer;
import dev.holdfast.agent.CounterAgent;
import dev.holdfast.bus.MessageTypes;
import dev.holdfast.deadletter.Act;
import dev.holdfast.deadletter.Act.End;
import dev.holdfast.deadletter.DeadLetter;
import dev.holdfast.deadletter.DeadLetterStore;
import dev.holdfast.deadletter.DeadLetters;
import dev.holdfast.deadletter.LetterInquiry;
import dev.holdfast.deadletter.LetterReplay;
import dev.holdfast.deadletter.LetterReplay.Status;
import dev.holdfast.deadletter.LetterReplays;
import dev.holdfast.deadletter.LetterSelection;
import dev.holdfast.deadletter.LetterServices;
import dev.holdfast.deadletter.ParkedLetter;
import dev.holdfast.deadletter.ParkedLetter.Closing;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Parked;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.AgentDriver;
import dev.holdfast.testing.MigratedDatabase;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs that need a person lie among the dead letters. */
@ExtendWith(PostgresExtension.class)
class RunLettersIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Clock CLOCK = Clock.system();
  private static final String WHO = "ann";

  private TestDatabase rows;
  private RunNode node;
  private RunLog log;
  private LetterServices services;
  private DeadLetters letters;

  @BeforeEach
  void open() {
    rows = TestDatabase.create(PostgresExtension.server());
    PostgresLogin login = MigratedDatabase.prepare(rows, "db/holdfast");
    rows.execute("SELECT holdfast.make_reply_partitions(current_date - 1, 3)");
    rows.execute(CounterAgent.TABLE);
    rows.execute("GRANT USAGE ON SCHEMA public TO PUBLIC");
    rows.execute("GRANT SELECT, INSERT, UPDATE ON counter TO PUBLIC");
    node = new RunNode("node", login);
    log = new RunLog(node.database);
    CommandReplayer commands =
        new CommandReplayer(node.node.bus(), MessageTypes.of(), node.database, CLOCK, Map.of());
    services =
        new LetterServices(
            node.node.vertx(),
            node.database,
            new RunLetters(commands, node.runner, log, node.node.vertx(), CLOCK),
            new Meters(),
            CLOCK,
            "node");
    letters = new DeadLetters(services);
  }

  @AfterEach
  void close() {
    node.close();
    rows.close();
  }

  private RunStatus status(UUID run) {
    return AgentDriver.await(log.find(run, RunNode.deadline())).orElseThrow().status();
  }

  private ParkedLetter letterOf(UUID run) {
    return await()
        .atMost(LIMIT)
        .until(
            () ->
                AgentDriver.await(
                    new DeadLetterStore(node.database).findOpen(run, RunNode.deadline())),
            found -> found.isPresent())
        .orElseThrow();
  }

  private long openLetters() {
    return rows.number("SELECT count(*) FROM holdfast.dead_letter WHERE closed_at IS NULL");
  }

  /** Its first step can't be taken back. */
  private UUID stuckTurningBack(String counter) {
    UUID run = node.begin(counter, 5, true);
    await().atMost(LIMIT).until(() -> status(run) == RunStatus.WAITING);
    rows.execute("UPDATE counter SET total = 3 WHERE name = '" + counter + "'");
    node.cancel(run);
    await().atMost(LIMIT).until(() -> status(run) == RunStatus.NEEDS_HUMAN);
    return run;
  }

  @Test
  void a_run_that_needs_a_person_is_a_letter_until_it_goes_on() {
    UUID run = stuckTurningBack("c");
    ParkedLetter parked = letterOf(run);
    assertEquals(DeadLetter.Kind.RUN, parked.letter().kind());
    assertEquals("counting", parked.letter().agent());
    assertTrue(parked.letter().cause().summary().contains("too_little"));
    assertTrue(parked.letter().body().contains(run.toString()));

    // The cause is still there.
    assertThrows(
        Parked.class,
        () -> AgentDriver.await(letters.replay(parked.number(), WHO, RunNode.deadline())));
    assertEquals(2, letterOf(run).letter().attempts());

    rows.execute("UPDATE counter SET total = 5");
    assertEquals(
        Closing.REPLAYED,
        AgentDriver.await(letters.replay(parked.number(), WHO, RunNode.deadline())).orThrow());
    await().atMost(LIMIT).until(() -> status(run) == RunStatus.TURNED_BACK);
    assertEquals(0, openLetters());
    List<Act> acts =
        AgentDriver.await(new LetterInquiry(services).inspect(parked.number(), RunNode.deadline()))
            .orElseThrow()
            .acts();
    assertEquals(List.of(End.REPLAYED, End.BROKE_AGAIN), acts.stream().map(Act::outcome).toList());
  }

  @Test
  void a_run_stuck_behind_its_pivot_turns_back_when_its_letter_is_given_up() {
    UUID run = node.begin("c", 5, true);
    await().atMost(LIMIT).until(() -> status(run) == RunStatus.WAITING);
    node.go(run, 99);
    await().atMost(LIMIT).until(() -> status(run) == RunStatus.NEEDS_HUMAN);
    long number = letterOf(run).number();
    assertEquals(
        Closing.DISCARDED,
        AgentDriver.await(letters.discard(number, "not wanted", WHO, RunNode.deadline()))
            .orThrow());
    await().atMost(LIMIT).until(() -> status(run) == RunStatus.TURNED_BACK);
    assertEquals(0, openLetters());
  }

  @Test
  void runs_of_one_cause_are_replayed_together() {
    List<UUID> runs = List.of(stuckTurningBack("a"), stuckTurningBack("b"), stuckTurningBack("d"));
    String cause = letterOf(runs.getFirst()).letter().cause().hash();
    rows.execute("UPDATE counter SET total = 5");
    LetterReplay ended =
        AgentDriver.await(
            AgentDriver.await(
                    new LetterReplays(services)
                        .start(
                            LetterSelection.of("counting").because(cause),
                            100,
                            WHO,
                            RunNode.deadline()))
                .orThrow()
                .ended());
    assertEquals(Status.DONE, ended.status());
    assertEquals(3, ended.counts().replayed());
    runs.forEach(run -> assertEquals(RunStatus.TURNED_BACK, status(run)));
  }

  @Test
  void one_that_was_set_going_otherwise_closes_when_somebody_looks() {
    UUID run = stuckTurningBack("c");
    long number = letterOf(run).number();
    rows.execute("UPDATE counter SET total = 5");
    assertTrue(AgentDriver.await(node.runner.resume(run, true)));
    assertEquals(
        Closing.ANSWERED,
        AgentDriver.await(letters.replay(number, WHO, RunNode.deadline())).orThrow());
  }
}
