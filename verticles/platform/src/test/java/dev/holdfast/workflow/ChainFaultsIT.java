package dev.holdfast.workflow;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.CounterAgent;
import dev.holdfast.agent.CounterProtocol.Add;
import dev.holdfast.agent.CounterProtocol.Script;
import dev.holdfast.agent.CounterProtocol.Subtract;
import dev.holdfast.agent.LaneSettings;
import dev.holdfast.agent.RunSignal;
import dev.holdfast.agent.Runs.Started;
import dev.holdfast.agent.SeatAgent;
import dev.holdfast.agent.SeatProtocol.GiveBack;
import dev.holdfast.agent.SeatProtocol.Take;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.testing.AgentDriver;
import dev.holdfast.testing.FaultProxy;
import dev.holdfast.testing.FaultProxy.CommitFault;
import dev.holdfast.testing.PlatformNode;
import dev.holdfast.testing.PlatformSchema;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Chains whose transaction waits, deadlocks, or ends without an answer. */
class ChainFaultsIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration ASK = Duration.ofMillis(800);
  private static final String CANCEL = "cancel";

  private static final String BLOCKED =
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
          + " AND datname = current_database()";

  private static final String DEADLOCKS =
      "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";

  record Visit(String name, Script script) {}

  record Cancelled(String why) {}

  private TestDatabase inside;
  private PostgresLogin login;
  private FaultProxy wire;
  private PlatformNode node;
  private CounterAgent counter;

  @BeforeEach
  void start() {
    inside = TestDatabase.create(PostgresExtension.server());
    login =
        PlatformSchema.with(
            inside,
            Stream.concat(Stream.of(CounterAgent.TABLE), SeatAgent.TABLES.stream()).toList());
    inside.execute("INSERT INTO theatre.hall VALUES ('hall'), ('left'), ('right')");
    inside.execute("INSERT INTO counter VALUES ('shared', 0, 1)");
    wire = FaultProxy.to(login.host(), login.port());
  }

  @AfterEach
  void stop() {
    node.close();
    wire.close();
    inside.close();
  }

  /** The node's own connections go through the wire. */
  private void serve(LaneSettings lanes, RunnerSettings settings) {
    node =
        new PlatformNode(
            new PostgresLogin(
                login.host(), wire.port(), login.database(), login.user(), login.password()));
    node.connect();
    node.runs(
        node.running("node", () -> 1),
        settings,
        visiting(),
        staying(),
        meeting("outward", true),
        meeting("inward", false));
    counter = new CounterAgent(node.host("counter", lanes), node.database());
    node.seat(counter);
    node.seat(new SeatAgent(node.host("seat", lanes)));
    node.walk();
  }

  private static Add add(String name, Script script) {
    return new Add(name, name, 1, script);
  }

  /** Counts, takes a seat, counts; behind the pivot once more. */
  private static Workflow<Visit> visiting() {
    return Workflow.named("visiting", 1, Visit.class)
        .cancelledBy(CANCEL, Refusal.conflict("cancelled", "It was called off."))
        .step("enter", run -> add(run.input().name(), Script.WELL))
        .undo(run -> new Subtract(run.input().name(), run.input().name(), 1))
        .then()
        .step("sit", run -> new Take("hall", run.input().name()))
        .undo(run -> new GiveBack("hall", run.input().name()))
        .then()
        .step("pay", run -> add(run.input().name(), run.input().script()))
        .then()
        .pivot()
        .step("leave", run -> add(run.input().name(), Script.WELL))
        .then()
        .turningBack(
            run -> new Add(run.input().name(), run.input().name(), 0, Script.WELL),
            run -> new Milestone(409, run.refusal().orElseThrow().code()));
  }

  /** Counts four times, of an agent that reads first what is recorded. */
  private static Workflow<Visit> staying() {
    return Workflow.named("staying", 1, Visit.class)
        .cancelledBy(CANCEL, Refusal.conflict("cancelled", "It was called off."))
        .step("enter", run -> add(run.input().name(), Script.WELL))
        .then()
        .step("stay", run -> add(run.input().name(), Script.WELL))
        .then()
        .step("pay", run -> add(run.input().name(), Script.WELL))
        .then()
        .pivot()
        .step("leave", run -> add(run.input().name(), Script.WELL))
        .then()
        .turningBack(
            run -> new Add(run.input().name(), run.input().name(), 0, Script.WELL),
            run -> new Milestone(409, run.refusal().orElseThrow().code()));
  }

  /** Counts in what all share and takes a seat in the hall, or the other way round. */
  private static Workflow<Visit> meeting(String name, boolean outward) {
    Workflow.StepBuilder<Visit> first =
        outward
            ? Workflow.named(name, 1, Visit.class).step("count", run -> share(run.input()))
            : Workflow.named(name, 1, Visit.class).step("sit", run -> sit(run.input()));
    Workflow.StepBuilder<Visit> gate =
        first
            .then()
            .step(
                "gate",
                run -> new Take(outward ? "left" : "right", run.input().name() + " at the gate"));
    Workflow.StepBuilder<Visit> last =
        outward
            ? gate.then().step("sit", run -> sit(run.input()))
            : gate.then().step("count", run -> share(run.input()));
    return last.then()
        .turningBack(run -> share(run.input()), run -> new Milestone(409, "turned back"));
  }

  private static Add share(Visit visit) {
    return new Add("shared", visit.name(), 1, Script.WELL);
  }

  private static Take sit(Visit visit) {
    return new Take("hall", visit.name());
  }

  private static LaneSettings withChainDeadline(Duration limit) {
    LaneSettings shipped = LaneSettings.shipped();
    return new LaneSettings(
        shipped.batchCommandsMax(),
        shipped.batchRowsMax(),
        shipped.gatherFrom(),
        shipped.gatherMax(),
        shipped.connectionsMax(),
        shipped.queueCommandsMax(),
        shipped.batchDeadline(),
        shipped.chained(),
        limit,
        shipped.rerunsMax(),
        shipped.replyDaysKept());
  }

  private static RunnerSettings impatient() {
    RunnerSettings shipped = RunnerSettings.shipped();
    return new RunnerSettings(
        ASK,
        shipped.backoff(),
        shipped.poll(),
        shipped.strayAfter(),
        shipped.noteAfter(),
        shipped.updatesMax(),
        shipped.databaseDeadline());
  }

  private void awaitRuns(String status, int number) {
    await()
        .atMost(LIMIT)
        .until(
            () ->
                inside.number("SELECT count(*) FROM holdfast.run WHERE status = '" + status + "'")
                    == number);
  }

  private Map<String, Long> books() {
    return Map.of(
        "counted", inside.number("SELECT coalesce(sum(total), 0)::bigint FROM counter"),
        "seats", inside.number("SELECT count(*) FROM theatre.seat WHERE NOT free"),
        "replies", inside.number("SELECT count(*) FROM holdfast.reply"),
        "letters", inside.number("SELECT count(*) FROM holdfast.dead_letter"));
  }

  private void assertMeter(String line) {
    assertTrue(node.meters().text().contains(line), line);
  }

  /** Somebody outside who holds rows. */
  private Connection holding(String rows) throws SQLException {
    Connection holder = inside.connect();
    holder.setAutoCommit(false);
    try (Statement statement = holder.createStatement()) {
      statement.execute(rows);
    }
    return holder;
  }

  @Test
  void a_run_whose_chain_passed_the_pivot_behind_an_unknown_commit_is_not_turned_back() {
    serve(LaneSettings.shipped(), RunnerSettings.shipped());
    counter.askAPartner(List.of());
    Started started = node.enter("staying", "anna", new Visit("anna", Script.WELL));
    wire.onCommit(CommitFault.LOSE_ANSWER, 1);
    node.runner()
        .committed(
            List.of(started),
            List.of(new RunSignal(started.start().runId(), CANCEL, new Cancelled("no more"))));
    awaitRuns("COMPLETED", 1);
    assertEquals(1, node.database().figures().commitsUnknown());
    assertEquals(Map.of("counted", 4L, "seats", 0L, "replies", 4L, "letters", 0L), books());
  }

  @Test
  void a_chain_that_waits_too_long_for_a_lock_is_run_again_alone_and_holds_up_nobody()
      throws Exception {
    serve(LaneSettings.shipped(), RunnerSettings.shipped());
    try (Connection holder = holding("SELECT 1 FROM theatre.hall WHERE name = 'hall' FOR UPDATE")) {
      node.begin("visiting", "anna", new Visit("anna", Script.WELL));
      await().atMost(LIMIT).until(() -> inside.number(BLOCKED) == 1);
      await().atMost(LIMIT).until(() -> inside.number("SELECT count(*) FROM holdfast.reply") == 1);
      assertEquals(1, books().get("counted"));
      Outcome<?> other = AgentDriver.await(node.ask("other", add("anna", Script.WELL))).outcome();
      assertInstanceOf(Outcome.Done.class, other);
      holder.rollback();
    }
    awaitRuns("COMPLETED", 1);
    assertMeter("holdfast_lane_reruns_total{agent=\"counter\",cause=\"linked\"} 1.0");
    assertMeter("holdfast_lane_commands_total{agent=\"counter\",outcome=\"unavailable\"} 0.0");
    assertEquals(Map.of("counted", 4L, "seats", 1L, "replies", 5L, "letters", 0L), books());
  }

  /** Each holds what the other needs next; gates held from outside bring them to that point. */
  @Test
  void of_two_chains_of_mixed_heads_that_deadlock_one_is_run_again_alone() throws Exception {
    serve(withChainDeadline(LIMIT), RunnerSettings.shipped());
    long before = inside.number(DEADLOCKS);
    try (Connection holder =
        holding("SELECT 1 FROM theatre.hall WHERE name IN ('left', 'right') FOR UPDATE")) {
      node.begin("outward", "anna", new Visit("anna", Script.WELL));
      node.begin("inward", "ben", new Visit("ben", Script.WELL));
      await().atMost(LIMIT).until(() -> inside.number(BLOCKED) == 2);
      holder.rollback();
    }
    awaitRuns("COMPLETED", 2);
    await().atMost(LIMIT).until(() -> inside.number(DEADLOCKS) == before + 1);
    assertEquals(Map.of("counted", 2L, "seats", 4L, "replies", 6L, "letters", 0L), books());
  }

  @Test
  void a_partner_who_never_answers_a_step_taken_ahead_is_asked_again_after_the_asks_deadline() {
    serve(LaneSettings.shipped(), impatient());
    counter.askAPartner(List.of(Promise.<String>promise().future()));
    node.begin("visiting", "anna", new Visit("anna", Script.OUTSIDE));
    awaitRuns("COMPLETED", 1);
    assertEquals(2, counter.calls());
    assertEquals(Map.of("counted", 3L, "seats", 1L, "replies", 4L, "letters", 0L), books());
  }

  @Test
  void an_answer_fetched_ahead_that_never_comes_is_an_outage_at_the_asks_deadline() {
    serve(LaneSettings.shipped(), impatient());
    Future<?> never = node.runner().inTime(Promise.promise().future(), "pay");
    Unavailable late = assertThrows(Unavailable.class, () -> AgentDriver.await(never));
    assertEquals(Unavailable.DEADLINE_PASSED, late.code());
    Promise<String> soon = Promise.promise();
    Future<String> inTime = node.runner().inTime(soon.future(), "pay");
    soon.complete("paid");
    assertEquals("paid", AgentDriver.await(inTime));
  }
}
