package dev.holdfast.workflow;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.RunSignal;
import dev.holdfast.agent.RunStart;
import dev.holdfast.agent.Runs.Started;
import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.testing.PlatformNode;
import dev.holdfast.testing.PlatformSchema;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import dev.holdfast.workflow.StepProtocol.Close;
import dev.holdfast.workflow.StepProtocol.First;
import dev.holdfast.workflow.StepProtocol.Second;
import dev.holdfast.workflow.StepProtocol.TakeFirstBack;
import dev.holdfast.workflow.StepProtocol.Taken;
import dev.holdfast.workflow.StepProtocol.Third;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs whose step gets no answer: when they give up, and when they must not. */
class UnansweredStepIT {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration GIVES_UP_AFTER = Duration.ofMillis(300);
  private static final UUID RUN = UUID.randomUUID();

  record Input(String text) {}

  record Cancelled(String why) {}

  private final Queue<Class<?>> asked = new ConcurrentLinkedQueue<>();
  private final Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
  private final AtomicLong firstAsk = new AtomicLong();
  private TestDatabase inside;
  private PlatformNode node;
  private WorkflowRunner runner;

  @BeforeEach
  void start() {
    inside = POSTGRES.database();
    node = new PlatformNode(PlatformSchema.with(inside, List.of()));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /**
   * @param firstIsSilent how long the agent has no answer to the first step
   */
  private void serve(Duration givesUpAfter, Duration firstIsSilent) throws Exception {
    done(node.bus().serve("step", ask -> answer((Ask<?>) ask, firstIsSilent)).completion());
    runner = node.runs(definition(givesUpAfter));
  }

  private Future<Answer<?>> answer(Ask<?> ask, Duration firstIsSilent) {
    Command<?> command = ask.command();
    asked.add(command.getClass());
    if (command instanceof First) {
      attempts.add(ask.deadline().attempt());
    }
    firstAsk.compareAndSet(0, System.nanoTime());
    boolean silent =
        command instanceof First && System.nanoTime() - firstAsk.get() < firstIsSilent.toNanos();
    return silent
        ? Future.failedFuture(new Unavailable("away", "nobody is there"))
        : Future.succeededFuture(new Answer<>(ask.id(), Outcome.done(new Taken()), false));
  }

  private static Workflow<Input> definition(Duration givesUpAfter) {
    return Workflow.named("steps", 1, Input.class)
        .cancelledBy("cancel", Refusal.conflict("cancelled", "It was cancelled."))
        .step("first", run -> new First())
        .undo(run -> new TakeFirstBack())
        .givesUpAfter(givesUpAfter)
        .then()
        .step("second", run -> new Second())
        .then()
        .pivot()
        .step("third", run -> new Third())
        .then()
        .turningBack(run -> new Close(), run -> new Milestone(409, "{}"));
  }

  private Started begin() {
    return node.enter(new RunStart(RUN, 1, "steps", "thing", new Input("text")));
  }

  private void awaitEnd(String status) {
    await()
        .atMost(LIMIT)
        .until(
            () ->
                inside.number("SELECT count(*) FROM holdfast.run WHERE status = '" + status + "'")
                    == 1);
  }

  @Test
  void a_run_is_shown_as_open_until_it_ends() throws Exception {
    serve(Duration.ofMinutes(1), Duration.ofSeconds(1));
    begin();
    node.walk();
    await().atMost(LIMIT).until(() -> shownOpen(1));
    awaitEnd("COMPLETED");
    await().atMost(LIMIT).until(() -> shownOpen(0));
  }

  private boolean shownOpen(int runs) {
    String line = "holdfast_runs_open{workflow=\"steps\"} " + runs + ".0";
    return runner.open() == runs && node.meters().text().contains(line);
  }

  /** A former life may have passed the pivot: the goods are shipped, and can't be released. */
  @Test
  void a_run_that_was_taken_up_again_does_not_give_up_a_step_it_may_have_passed() throws Exception {
    serve(GIVES_UP_AFTER, Duration.ofSeconds(2));
    begin();
    node.walk();
    awaitEnd("COMPLETED");
    assertEquals(0, asked.stream().filter(TakeFirstBack.class::equals).count());
  }

  @Test
  void a_run_gives_up_a_step_that_is_never_answered() throws Exception {
    serve(GIVES_UP_AFTER, LIMIT);
    node.walk();
    runner.committed(List.of(begin()), List.of());
    awaitEnd("TURNED_BACK");
    assertEquals(0, asked.stream().filter(Second.class::equals).count());
    assertTrue(attempts.size() > 1, attempts.toString());
    assertEquals(
        IntStream.rangeClosed(1, attempts.size()).boxed().toList(),
        List.copyOf(attempts),
        "the runner is the one who repeats, and says so");
  }

  @Test
  void a_cancelled_run_does_not_wait_for_a_step_that_is_not_answered() throws Exception {
    serve(Duration.ofMinutes(10), LIMIT);
    node.walk();
    runner.committed(
        List.of(begin()), List.of(new RunSignal(RUN, "cancel", new Cancelled("no more"))));
    awaitEnd("TURNED_BACK");
    assertEquals(1, asked.stream().filter(TakeFirstBack.class::equals).count());
  }
}
