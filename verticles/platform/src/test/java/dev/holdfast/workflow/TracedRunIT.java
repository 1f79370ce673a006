package dev.holdfast.workflow;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.AgentHost;
import dev.holdfast.agent.CounterAgent;
import dev.holdfast.agent.CounterProtocol.Add;
import dev.holdfast.agent.CounterProtocol.Added;
import dev.holdfast.agent.CounterProtocol.Script;
import dev.holdfast.agent.RunSignal;
import dev.holdfast.bus.Answer;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.testing.AgentDriver;
import dev.holdfast.testing.PlatformNode;
import dev.holdfast.testing.PlatformSchema;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import dev.holdfast.testing.TraceCollector;
import dev.holdfast.testing.TraceCollector.Seen;
import dev.holdfast.trace.Span;
import dev.holdfast.trace.Traces;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a trace goes through: rows, restarts, transactions of several. */
@ExtendWith(PostgresExtension.class)
class TracedRunIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  record Count(String counter) {}

  record Go(long amount) {}

  private final TraceCollector collector = TraceCollector.open();
  private final Traces traces = collector.traces();
  private TestDatabase rows;
  private PostgresLogin login;
  private PlatformNode node;

  @BeforeEach
  void start(TestDatabase inside) {
    rows = inside;
    login = PlatformSchema.with(rows, List.of(CounterAgent.TABLE));
  }

  @AfterEach
  void stop() {
    node.close();
    traces.close();
    collector.close();
  }

  private void life() {
    node = new PlatformNode(login, traces);
    node.connect();
    node.runs(counting());
    node.seat(new CounterAgent(node.host("counter"), node.database()));
    node.walk();
  }

  private static Workflow<Count> counting() {
    return Workflow.named("counting", 1, Count.class)
        .step("first", run -> add(run.input().counter()))
        .then()
        .await("go", Go.class)
        .then()
        .step("second", run -> add(run.input().counter()))
        .then()
        .turningBack(run -> add(run.input().counter()), run -> new Milestone(409, "{}"));
  }

  private static Add add(String counter) {
    return new Add(counter, counter, 1, Script.WELL);
  }

  private Seen told(String name) {
    return await()
        .atMost(LIMIT)
        .until(
            () -> collector.spans().stream().filter(span -> span.name().equals(name)).toList(),
            found -> !found.isEmpty())
        .getFirst();
  }

  @Tag("E-270")
  @Test
  void a_runs_later_steps_belong_to_its_trace_after_a_restart_as_well() {
    life();
    Span cause = traces.request(null, "POST /counts");
    UUID run = node.begin("counting", "a", new Count("a"), cause);
    cause.end();
    await()
        .atMost(LIMIT)
        .until(
            () -> rows.number("SELECT count(*) FROM holdfast.run WHERE status = 'WAITING'") == 1);
    assertEquals(cause.spanId(), told("step first").parent());
    node.close();
    life();
    node.signal(new RunSignal(run, "go", new Go(1)));
    assertEquals(cause.spanId(), told("step second").parent());
    assertEquals(run.toString(), told("step second").facts().get("holdfast.run.id"));
  }

  @Test
  void what_nobody_wants_to_see_leaves_no_span_and_no_text_in_any_row() {
    life();
    UUID run = node.begin("counting", "a", new Count("a"));
    node.signal(new RunSignal(run, "go", new Go(1)));
    await()
        .atMost(LIMIT)
        .until(
            () -> rows.number("SELECT count(*) FROM holdfast.run WHERE status = 'COMPLETED'") == 1);
    assertEquals(1, rows.number("SELECT count(*) FROM holdfast.run WHERE traceparent IS NULL"));
    assertEquals(2, rows.number("SELECT count(*) FROM holdfast.outbox WHERE traceparent = ''"));
    assertEquals(List.of(), collector.spans());
  }

  @Test
  void commands_of_one_transaction_are_one_span_that_names_all_of_them() {
    node = new PlatformNode(login, traces);
    node.connect();
    AgentHost host = node.host("counter");
    List<Future<Answer<Added>>> asked = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      Span cause = traces.request(null, "POST /" + name);
      asked.add(node.ask(PlatformNode.first(name, add(name)).within(cause)));
      cause.end();
    }
    await().atMost(LIMIT).until(() -> host.waiting() == 3);
    node.seat(new CounterAgent(host, node.database()));
    asked.forEach(AgentDriver::await);

    Seen transaction = told("transaction counter");
    assertEquals("3", transaction.facts().get("holdfast.batch.size"));
    List<Seen> commands =
        await()
            .atMost(LIMIT)
            .until(
                () ->
                    collector.spans().stream()
                        .filter(span -> span.name().equals("counter.Add"))
                        .toList(),
                all -> all.size() == 3);
    Seen parent =
        commands.stream()
            .filter(command -> command.span().equals(transaction.parent()))
            .findFirst()
            .orElseThrow();
    Set<String> others =
        commands.stream()
            .filter(command -> !command.equals(parent))
            .map(Seen::asLink)
            .collect(Collectors.toSet());
    assertEquals(others, Set.copyOf(transaction.links()));
    for (Seen command : commands) {
      assertEquals(
          command.equals(parent) ? List.of() : List.of(transaction.asLink()), command.links());
      assertEquals(
          1,
          rows.number(
              "SELECT count(*) FROM holdfast.outbox WHERE traceparent = '00-%s-%s-01'"
                  .formatted(command.trace(), command.span())));
    }
    assertTrue(told("insert holdfast.reply").parent().equals(transaction.span()));
    assertFalse(told("commit").failed());
  }
}
