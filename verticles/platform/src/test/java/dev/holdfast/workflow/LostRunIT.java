package dev.holdfast.workflow;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.testing.AgentDriver;
import dev.holdfast.testing.PlatformNode;
import dev.holdfast.testing.PlatformSchema;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import dev.holdfast.workflow.StepProtocol.Close;
import dev.holdfast.workflow.StepProtocol.First;
import dev.holdfast.workflow.StepProtocol.Second;
import dev.holdfast.workflow.StepProtocol.Taken;
import dev.holdfast.workflow.StepProtocol.Third;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run whose row became another node's between two steps. */
@ExtendWith(PostgresExtension.class)
class LostRunIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration WHILE = Duration.ofMillis(500);

  record Input(String text) {}

  private final Queue<Class<?>> asked = new ConcurrentLinkedQueue<>();
  private final Map<Class<?>, Promise<Void>> gates = new ConcurrentHashMap<>();
  private TestDatabase rows;
  private PlatformNode node;

  @BeforeEach
  void start(TestDatabase inside) {
    rows = inside;
    node = new PlatformNode(PlatformSchema.with(rows, List.of()));
    AgentDriver.await(node.bus().serve("step", ask -> answer((Ask<?>) ask)).completion());
    node.runs(definition());
    node.walk();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** Every answer waits until the test lets it go. */
  private Future<Answer<?>> answer(Ask<?> ask) {
    asked.add(ask.command().getClass());
    return gate(ask.command().getClass())
        .future()
        .map(open -> new Answer<>(ask.id(), Outcome.done(new Taken()), false));
  }

  private Promise<Void> gate(Class<?> command) {
    return gates.computeIfAbsent(command, any -> Promise.promise());
  }

  private static Workflow<Input> definition() {
    return Workflow.named("steps", 1, Input.class)
        .step("first", run -> new First())
        .then()
        .reach(run -> new Milestone(201, "{}"))
        .step("second", run -> new Second())
        .then()
        .step("third", run -> new Third())
        .then()
        .turningBack(run -> new Close(), run -> new Milestone(409, "{}"));
  }

  @Test
  void a_run_whose_note_is_refused_walks_no_further_here() {
    node.begin("steps", "thing", new Input("text"));
    await().atMost(LIMIT).until(() -> asked.contains(First.class));
    rows.execute("UPDATE holdfast.run SET node = 'another', fence = fence + 1");
    gate(First.class).complete();
    await().atMost(LIMIT).until(() -> asked.contains(Second.class));
    await().atMost(LIMIT).until(() -> node.runner().open() == 0);

    gate(Second.class).complete();
    await().during(WHILE).atMost(LIMIT).until(() -> !asked.contains(Third.class));
    assertEquals(
        1,
        rows.number(
            "SELECT count(*) FROM holdfast.run"
                + " WHERE node = 'another' AND status = 'RUNNING' AND milestone_body IS NULL"));
  }
}
