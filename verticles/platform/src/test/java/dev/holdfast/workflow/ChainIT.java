package dev.holdfast.workflow;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.agent.AgentHost;
import dev.holdfast.agent.CounterAgent;
import dev.holdfast.agent.CounterProtocol.Add;
import dev.holdfast.agent.CounterProtocol.Script;
import dev.holdfast.agent.CounterProtocol.Subtract;
import dev.holdfast.agent.LaneSettings;
import dev.holdfast.agent.RunSignal;
import dev.holdfast.agent.SeatAgent;
import dev.holdfast.agent.SeatProtocol.GiveBack;
import dev.holdfast.agent.SeatProtocol.Take;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.testing.PlatformNode;
import dev.holdfast.testing.PlatformSchema;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Consecutive steps of a run in one transaction, and in several where they cannot share one. */
class ChainIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String CANCEL = "cancel";

  /**
   * A run's input.
   *
   * @param amount what the step behind the seat adds
   * @param script how its agent behaves then
   */
  record Visit(String name, long amount, Script script) {}

  record Cancelled(String why) {}

  private TestDatabase inside;
  private PlatformNode node;
  private CounterAgent counter;
  private AgentHost seats;

  @BeforeEach
  void start() {
    inside = TestDatabase.create(PostgresExtension.server());
    node =
        new PlatformNode(
            PlatformSchema.with(
                inside,
                Stream.concat(Stream.of(CounterAgent.TABLE), SeatAgent.TABLES.stream()).toList()));
    inside.execute("INSERT INTO theatre.hall VALUES ('hall')");
  }

  @AfterEach
  void stop() {
    node.close();
    inside.close();
  }

  private void serve(LaneSettings lanes) {
    serve(lanes, List.of());
  }

  private void serve(LaneSettings lanes, List<Future<String>> partner) {
    node.runs(visiting(), strolling());
    counter = new CounterAgent(node.host("counter", lanes), node.database());
    seats = node.host("seat", lanes);
    counter.askAPartner(partner);
    node.seat(counter);
    node.walk();
  }

  private void seat() {
    node.seat(new SeatAgent(seats));
  }

  /** Counts, takes a seat, counts again by way of a partner; behind the pivot once more. */
  private static Workflow<Visit> visiting() {
    return Workflow.named("visiting", 1, Visit.class)
        .cancelledBy(CANCEL, Refusal.conflict("cancelled", "It was called off."))
        .step("enter", run -> add(run.input().name(), 1, Script.WELL))
        .undo(run -> new Subtract(run.input().name(), run.input().name(), 1))
        .then()
        .step("sit", run -> new Take("hall", run.input().name()))
        .undo(run -> new GiveBack("hall", run.input().name()))
        .then()
        .step("pay", run -> add(run.input().name(), run.input().amount(), run.input().script()))
        .undo(run -> new Subtract(run.input().name(), run.input().name(), run.input().amount()))
        .then()
        .reach(run -> new Milestone(201, "{}"))
        .pivot()
        .step("leave", run -> add(run.input().name(), 1, Script.WELL))
        .then()
        .turningBack(
            run -> add(run.input().name(), 0, Script.WELL),
            run -> new Milestone(409, run.refusal().orElseThrow().code()));
  }

  /** Asks a partner twice before the step that leads to the pivot. */
  private static Workflow<Visit> strolling() {
    return Workflow.named("strolling", 1, Visit.class)
        .cancelledBy(CANCEL, Refusal.conflict("cancelled", "It was called off."))
        .step("first", run -> add(run.input().name(), 1, Script.OUTSIDE))
        .undo(run -> new Subtract(run.input().name(), run.input().name(), 1))
        .then()
        .step("second", run -> add(run.input().name(), 2, Script.OUTSIDE))
        .undo(run -> new Subtract(run.input().name(), run.input().name(), 2))
        .then()
        .step("for-good", run -> add(run.input().name(), 10, Script.WELL))
        .then()
        .pivot()
        .step("last", run -> add(run.input().name(), 20, Script.WELL))
        .then()
        .turningBack(
            run -> add(run.input().name(), 0, Script.WELL),
            run -> new Milestone(409, run.refusal().orElseThrow().code()));
  }

  private static Add add(String counter, long amount, Script script) {
    return new Add(counter, counter, amount, script);
  }

  private UUID visit(Visit visit) {
    return node.begin("visiting", visit.name(), visit);
  }

  private long number(String sql) throws Exception {
    return inside.number(sql);
  }

  private long transactionsOfReplies() throws Exception {
    return number("SELECT count(DISTINCT xmin::text) FROM holdfast.reply");
  }

  private void awaitRun(String status) {
    await()
        .atMost(LIMIT)
        .until(
            () -> number("SELECT count(*) FROM holdfast.run WHERE status = '" + status + "'") == 1);
  }

  /** What the visit has come to: units counted, seats taken, answers recorded, letters. */
  private Map<String, Long> books() throws Exception {
    return Map.of(
        "counted", number("SELECT coalesce(sum(total), 0)::bigint FROM counter"),
        "seats", number("SELECT count(*) FROM theatre.seat WHERE NOT free"),
        "replies", number("SELECT count(*) FROM holdfast.reply"),
        "letters", number("SELECT count(*) FROM holdfast.dead_letter"));
  }

  @Test
  void steps_share_a_transaction_up_to_a_partner_and_from_its_answer_on() throws Exception {
    serve(LaneSettings.shipped());
    seat();
    visit(new Visit("anna", 5, Script.OUTSIDE));
    awaitRun("COMPLETED");
    assertEquals(Map.of("counted", 7L, "seats", 1L, "replies", 4L, "letters", 0L), books());
    assertEquals(2, transactionsOfReplies());
  }

  @Tag("E-136")
  @Tag("E-137")
  @Tag("E-144")
  @Tag("E-146")
  @Tag("E-157")
  @Tag("E-158")
  @Tag("E-168")
  @Test
  void each_agents_part_of_a_chain_is_counted_as_its_own() throws Exception {
    serve(LaneSettings.shipped());
    node.database().show(node.meters().statements());
    seat();
    visit(new Visit("anna", 5, Script.OUTSIDE));
    awaitRun("COMPLETED");
    for (String shown :
        List.of(
            "holdfast_agent_requests_total{agent_type=\"counter\",status=\"success\"} 3.0",
            "holdfast_agent_requests_total{agent_type=\"seat\",status=\"success\"} 1.0",
            "holdfast_agent_request_duration_seconds_count{agent_type=\"seat\"} 1",
            "holdfast_message_bus_messages_total{priority=\"normal\",topic=\"seat\"} 1.0",
            "holdfast_message_bus_processing_time_seconds_count{topic=\"counter\"} 3",
            "holdfast_worker_active_requests{worker_name=\"counter\"} 0.0",
            "holdfast_replies_total{agent=\"counter\",kind=\"recorded\"} 3.0",
            "holdfast_database_operations_total{operation=\"insert\",table=\"holdfast.reply\"}",
            "holdfast_database_operations_total{operation=\"commit\",table=\"none\"}",
            "holdfast_database_operation_duration_seconds_count{operation=\"insert\"}")) {
      await().atMost(LIMIT).until(() -> node.meters().text().contains(shown));
    }
  }

  @Test
  void without_chains_every_step_has_a_transaction_of_its_own() throws Exception {
    serve(LaneSettings.shipped().withChains(false));
    seat();
    visit(new Visit("anna", 5, Script.OUTSIDE));
    awaitRun("COMPLETED");
    assertEquals(Map.of("counted", 7L, "seats", 1L, "replies", 4L, "letters", 0L), books());
    assertEquals(4, transactionsOfReplies());
  }

  @Test
  void a_step_that_breaks_its_agent_is_parked_alone_and_those_before_it_stay_done()
      throws Exception {
    serve(LaneSettings.shipped());
    seat();
    visit(new Visit("anna", 5, Script.THROW));
    await().atMost(LIMIT).until(() -> number("SELECT count(*) FROM holdfast.dead_letter") == 1);
    assertEquals(Map.of("counted", 1L, "seats", 1L, "replies", 2L, "letters", 1L), books());
  }

  @Test
  void a_step_whose_statement_fails_is_parked_alone_and_those_before_it_stay_done()
      throws Exception {
    serve(LaneSettings.shipped());
    seat();
    visit(new Visit("anna", 5, Script.BAD_STATEMENT));
    await().atMost(LIMIT).until(() -> number("SELECT count(*) FROM holdfast.dead_letter") == 1);
    assertEquals(Map.of("counted", 1L, "seats", 1L, "replies", 2L, "letters", 1L), books());
  }

  @Test
  void a_refused_step_turns_back_what_was_done_with_it() throws Exception {
    serve(LaneSettings.shipped());
    seat();
    visit(new Visit("anna", 100, Script.WELL));
    awaitRun("TURNED_BACK");
    // Three steps, two undos, the closing command.
    assertEquals(Map.of("counted", 0L, "seats", 0L, "replies", 6L, "letters", 0L), books());
  }

  /** The partner's second answer comes when the run is on its way back already. */
  @Test
  void nothing_follows_a_partners_answer_once_the_run_turns_back() throws Exception {
    Promise<String> first = Promise.promise();
    Promise<String> second = Promise.promise();
    serve(LaneSettings.shipped(), List.of(first.future(), second.future()));
    UUID run = node.begin("strolling", "anna", new Visit("anna", 0, Script.WELL));
    await().atMost(LIMIT).until(() -> counter.calls() == 1);
    node.runner()
        .committed(List.of(), List.of(new RunSignal(run, CANCEL, new Cancelled("no more"))));
    first.complete("thanks");
    awaitRun("TURNING_BACK");
    assertEquals(2, counter.calls());
    second.complete("thanks");
    awaitRun("TURNED_BACK");
    // Two steps, two undos, the closing command.
    assertEquals(Map.of("counted", 0L, "seats", 0L, "replies", 5L, "letters", 0L), books());
  }

  @Test
  void an_agent_that_is_away_ends_the_chain_until_it_is_back() throws Exception {
    serve(LaneSettings.shipped());
    visit(new Visit("anna", 5, Script.WELL));
    await().atMost(LIMIT).until(() -> number("SELECT count(*) FROM holdfast.reply") == 1);
    assertEquals(Map.of("counted", 1L, "seats", 0L, "replies", 1L, "letters", 0L), books());
    seat();
    awaitRun("COMPLETED");
    assertEquals(Map.of("counted", 7L, "seats", 1L, "replies", 4L, "letters", 0L), books());
  }

  @Test
  void many_runs_go_together_and_each_gets_its_own_answers() throws Exception {
    serve(LaneSettings.shipped());
    seat();
    for (int guest = 0; guest < 100; guest++) {
      visit(new Visit("guest-" + guest, guest % 2 == 0 ? 5 : 100, Script.WELL));
    }
    await()
        .atMost(LIMIT)
        .until(() -> number("SELECT count(*) FROM holdfast.run WHERE NOT is_open") == 100);
    assertEquals(50, number("SELECT count(*) FROM holdfast.run WHERE status = 'COMPLETED'"));
    assertEquals(
        Map.of("counted", 350L, "seats", 50L, "replies", 50L * 4 + 50L * 6, "letters", 0L),
        books());
  }
}
