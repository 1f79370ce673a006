package dev.holdfast.workflow;

import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One run on its way. Confined to the runner's context.
 *
 * @param <I> the run's input
 */
final class RunExecution<I> implements RunView<I> {
  private static final String CLOSING = "closing";

  private final WorkflowRunner runner;
  private final Workflow<I> workflow;
  private final I input;
  private final Memory memory;
  private final Map<String, Object> signals = new HashMap<>();
  private RunRow row;
  private Refusal refusal;
  private boolean again;
  private String waitingFor;
  private boolean broken;

  /** Nothing was asked yet since the last turn. */
  private boolean turned = true;

  /**
   * @param row as it stands
   * @param input the run's input, read from the row or handed over
   * @param resumed whether somebody walked the present segment before, so that its commands may
   *     have been asked
   */
  RunExecution(WorkflowRunner runner, Workflow<I> workflow, RunRow row, I input, boolean resumed) {
    this.runner = runner;
    this.workflow = workflow;
    this.row = row;
    this.input = input;
    this.memory = Memory.of(row.memory());
    this.again = resumed;
    this.refusal = row.reason() == null ? null : RecordJson.read(row.reason(), Refusal.class);
  }

  @Override
  public UUID runId() {
    return row.runId();
  }

  @Override
  public int merchant() {
    return row.merchant();
  }

  @Override
  public I input() {
    return input;
  }

  @Override
  public <T> T reply(String step, Class<T> type) {
    return memory.reply(step, type);
  }

  @Override
  public boolean isDone(String step) {
    return memory.isDone(step);
  }

  @Override
  public Optional<Refusal> refusal() {
    return Optional.ofNullable(refusal);
  }

  RunRow row() {
    return row;
  }

  /** Goes on from where the row stands. */
  void begin() {
    guarded(
        () -> {
          if (row.status() == RunStatus.TURNING_BACK) {
            undo(0);
          } else {
            forward(row.position());
          }
        });
  }

  /** The run was told something. */
  void told(String signal, Object body) {
    if (!signals.containsKey(signal)) {
      signals.put(signal, body);
      guarded(this::heard);
    }
  }

  private void heard() {
    if (waitingFor == null) {
      return;
    }
    int at = row.position();
    if (isCancelled() && workflow.mayTurnBack(at)) {
      waitingFor = null;
      turnBack(at, workflow.cancelled());
    } else if (signals.containsKey(waitingFor)) {
      waitingFor = null;
      endWait((Node.Wait<I>) workflow.nodes().get(at), at);
    }
  }

  /** Looks whether it has waited long enough. */
  void tick(Instant now) {
    if (waitingFor != null && row.dueAt() != null && !row.dueAt().isAfter(now)) {
      Node.Wait<I> wait = waitAt(row.position());
      waitingFor = null;
      guarded(() -> turnBack(row.position(), wait.late()));
    }
  }

  private Node.Wait<I> waitAt(int at) {
    return (Node.Wait<I>) workflow.nodes().get(at);
  }

  private boolean isCancelled() {
    return workflow.cancelSignal() != null && signals.containsKey(workflow.cancelSignal());
  }

  /**
   * A segment that may have been walked before is walked to its end before a cancellation counts:
   * its pivot may have been passed already.
   */
  private void forward(int at) {
    if (isCancelled() && !again && workflow.mayTurnBack(at)) {
      turnBack(at, workflow.cancelled());
      return;
    }
    if (at == workflow.nodes().size()) {
      end(RunStatus.COMPLETED);
      return;
    }
    Node<I> node = workflow.nodes().get(at);
    if (!isToVisit(node)) {
      forward(at + 1);
      return;
    }
    switch (node) {
      case Node.Step<I> step -> ask(step, at, runner.nanoTime(), 0);
      case Node.Wait<I> wait -> enterWait(wait, at);
      case Node.Reach<I> reach -> reach(reach, at);
      case Node.Pivot<I> pivot -> forward(at + 1);
    }
  }

  private boolean isToVisit(Node<I> node) {
    return switch (node) {
      case Node.Step<I> step -> step.when().test(this);
      case Node.Wait<I> wait -> wait.when().test(this);
      case Node.Reach<I> reach -> row.milestone() == null && reach.when().test(this);
      case Node.Pivot<I> pivot -> true;
    };
  }

  private void ask(Node.Step<I> step, int at, long since, int failures) {
    LocalDate on = memory.asked(step.name(), row.segmentOn());
    CommandId id = CommandId.ofStep(runId(), step.name(), 1, on);
    Ask<?> ask = asking(id, step.command().apply(this), again || failures > 0);
    send(step.name(), ask)
        .onSuccess(answer -> guarded(() -> answered(step, at, answer.outcome())))
        .onFailure(cause -> guarded(() -> unanswered(step, at, since, failures, cause)));
  }

  private Future<Answer<?>> send(String step, Ask<?> ask) {
    if (turned) {
      turned = false;
      runner.turned(row.definition() + "/" + step);
    }
    return runner.ask(ask);
  }

  private <R> Ask<R> asking(CommandId id, Command<R> command, boolean maybeAsked) {
    Ask<R> ask = Ask.first(id, command, runner.askDeadline());
    return maybeAsked ? ask.asAgain() : ask;
  }

  private void answered(Node.Step<I> step, int at, Outcome<?> outcome) {
    switch (outcome) {
      case Outcome.Done<?> done -> {
        memory.done(step.name(), done.reply());
        step.verdict().apply(this).ifPresentOrElse(why -> refused(at, why), () -> forward(at + 1));
      }
      case Outcome.Rejected<?> rejected -> {
        memory.refused(step.name());
        refused(at, rejected.why());
      }
    }
  }

  private void refused(int at, Refusal why) {
    if (workflow.mayTurnBack(at)) {
      turnBack(at, why);
    } else {
      needPerson(why);
    }
  }

  /**
   * An outage: asked again under the same id, until the step gives up or the run is cancelled. A
   * segment that may have been walked before does neither: its pivot may have been passed already.
   */
  private void unanswered(Node.Step<I> step, int at, long since, int failures, Throwable cause) {
    boolean mayTurnBack = workflow.mayTurnBack(at) && !again;
    if (mayTurnBack && isCancelled()) {
      turnBack(at, workflow.cancelled());
    } else if (mayTurnBack && runner.nanoTime() - since > step.givesUpAfter().toNanos()) {
      String code = cause instanceof Unavailable outage ? outage.code() : "agent_failed";
      turnBack(at, Refusal.conflict(code, "A step could not be done in time."));
    } else {
      runner.later(failures, cause, () -> guarded(() -> ask(step, at, since, failures + 1)));
    }
  }

  private void reach(Node.Reach<I> reach, int at) {
    write(
        row.reached(reach.milestone().apply(this)),
        () -> {
          runner.reached(row);
          forward(at + 1);
        });
  }

  private void enterWait(Node.Wait<I> wait, int at) {
    if (signals.containsKey(wait.name())) {
      endWait(wait, at);
      return;
    }
    Instant due = wait.atMost() == null ? null : runner.now().plus(wait.atMost());
    RunRow folded =
        row.at(RunStatus.WAITING, at, row.segmentOn(), fold())
            .waiting(wait.name(), row.dueAt() == null ? due : row.dueAt());
    write(
        folded,
        () -> {
          waitingFor = wait.name();
          heard();
        });
  }

  /** The turn that ends a wait: what was told is remembered, and the next segment gets its day. */
  private void endWait(Node.Wait<I> wait, int at) {
    Object body = signals.get(wait.name());
    memory.asked(wait.name(), row.segmentOn());
    memory.done(
        wait.name(), body instanceof String text ? RecordJson.read(text, wait.body()) : body);
    Optional<Refusal> why = wait.verdict().apply(this);
    if (why.isPresent()) {
      refused(at, why.get());
      return;
    }
    write(
        row.at(RunStatus.RUNNING, at + 1, runner.today(), fold()),
        () -> {
          again = false;
          forward(at + 1);
        });
  }

  private String fold() {
    return memory.fold(this::isKept);
  }

  private boolean isKept(String name) {
    return workflow.nodes().stream()
        .anyMatch(
            node ->
                switch (node) {
                  case Node.Step<I> step -> step.kept() && step.name().equals(name);
                  case Node.Wait<I> wait -> wait.name().equals(name);
                  case Node.Reach<I> reach -> false;
                  case Node.Pivot<I> pivot -> false;
                });
  }

  /**
   * The turn that is committed before the first undo is asked. Steps that were never seen asked are
   * undone as well: a node that has lost this run may be asking them now, and shall find them
   * voided.
   */
  private void turnBack(int at, Refusal why) {
    refusal = why;
    workflow.undoable().forEach(step -> memory.asked(step.name(), row.segmentOn()));
    write(
        row.at(RunStatus.TURNING_BACK, at, runner.today(), fold()).because(RecordJson.write(why)),
        () -> {
          again = false;
          undo(0);
        });
  }

  /** Undoes in reverse every step that is not known refused. */
  private void undo(int undone) {
    List<Node.Step<I>> steps = workflow.undoable();
    int next = undone;
    while (next < steps.size() && memory.isRefused(steps.get(next).name())) {
      next++;
    }
    if (next == steps.size()) {
      close(0);
    } else {
      undo(steps.get(next), next, 0);
    }
  }

  private void undo(Node.Step<I> step, int at, int failures) {
    CommandId forward = CommandId.ofStep(runId(), step.name(), 1, memory.askedOn(step.name()));
    CommandId id = forward.undo(row.segmentOn());
    Ask<?> ask = asking(id, step.undo().apply(this), again || failures > 0).undoing(forward);
    send("undo of " + step.name(), ask)
        .onSuccess(answer -> guarded(() -> undone(at, answer.outcome())))
        .onFailure(
            cause ->
                runner.later(failures, cause, () -> guarded(() -> undo(step, at, failures + 1))));
  }

  private void undone(int at, Outcome<?> outcome) {
    switch (outcome) {
      case Outcome.Done<?> done -> undo(at + 1);
      case Outcome.Rejected<?> rejected -> needPerson(rejected.why());
    }
  }

  private void close(int failures) {
    CommandId id = CommandId.ofStep(runId(), CLOSING, 1, row.segmentOn());
    send(CLOSING, asking(id, workflow.closing(this), again || failures > 0))
        .onSuccess(answer -> guarded(() -> end(RunStatus.TURNED_BACK)))
        .onFailure(
            cause -> runner.later(failures, cause, () -> guarded(() -> close(failures + 1))));
  }

  private void end(RunStatus status) {
    RunRow last = row.at(status, row.position(), row.segmentOn(), memory.fold(step -> false));
    write(
        last.milestone() == null && status == RunStatus.TURNED_BACK
            ? last.reached(workflow.turnedBack(this))
            : last,
        () -> {
          runner.reached(row);
          runner.ended(this);
        });
  }

  private void needPerson(Refusal why) {
    refusal = why;
    write(
        row.at(RunStatus.NEEDS_HUMAN, row.position(), row.segmentOn(), fold())
            .because(RecordJson.write(why)),
        () -> runner.ended(this));
  }

  /** Writes the row; goes on only while the run is this node's. */
  private void write(RunRow next, Runnable then) {
    runner
        .write(next)
        .onSuccess(
            ours -> {
              if (ours) {
                row = next;
                turned = true;
                guarded(then);
              } else {
                runner.lost(this);
              }
            })
        .onFailure(cause -> runner.broken(this, cause));
  }

  /** A definition that throws is a bug of its own: the run waits for a person. */
  private void guarded(Runnable action) {
    if (broken) {
      return;
    }
    try {
      action.run();
    } catch (RuntimeException bug) {
      broken = true;
      runner.broken(this, bug);
    }
  }
}
