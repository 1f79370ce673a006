package dev.holdfast.workflow;

import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.trace.Span;
import dev.holdfast.trace.Work;
import io.vertx.core.Future;
import java.time.Instant;
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
final class RunExecution<I> {
  private static final String CLOSING = "closing";

  private final WorkflowRunner runner;
  private final Workflow<I> workflow;
  private final RunState<I> state;
  private final Memory memory;
  private final Work work;
  private final Map<String, Object> signals = new HashMap<>();
  private RunRow row;
  private Foresight<I> ahead;
  private boolean again;
  private String waitingFor;
  private boolean left;

  /** Nothing was asked yet since the last turn. */
  private boolean turned = true;

  /**
   * @param row as it stands
   * @param input the run's input, read from the row or handed over
   * @param ahead its steps as they were walked while it was started, or null
   * @param resumed whether somebody walked the present segment before, so that its commands may
   *     have been asked
   * @param trace what its steps are parts of
   */
  RunExecution(
      WorkflowRunner runner,
      Workflow<I> workflow,
      RunRow row,
      I input,
      Foresight<I> ahead,
      boolean resumed,
      Span trace) {
    this.runner = runner;
    this.workflow = workflow;
    this.row = row;
    this.memory = Memory.of(row.memory());
    this.state = new RunState<>(row.runId(), row.merchant(), input, memory, trace);
    this.work = new Work(trace, row.definition(), row.runId(), row.parkingKey());
    this.ahead = ahead;
    this.again = resumed;
    String why = memory.turnedBackFor() == null ? row.reason() : memory.turnedBackFor();
    state.refusedFor(why == null ? null : RecordJson.read(why, Refusal.class));
  }

  UUID runId() {
    return row.runId();
  }

  RunRow row() {
    return row;
  }

  /** Goes on from where the row stands. */
  void begin() {
    guarded(
        () -> {
          if (row.status() == RunStatus.TURNING_BACK) {
            goOnBack();
          } else {
            state.refusedFor(null);
            row = row.because(null);
            forward(row.position());
          }
        });
  }

  /** A person may have sent it back from behind its pivot, past steps that were never asked. */
  private void goOnBack() {
    row = row.because(RecordJson.write(state.refusal().orElse(null)));
    workflow.undoable().forEach(step -> memory.asked(step.name(), row.segmentOn()));
    undo(0);
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

  private void forward(int at) {
    if (isCancelled() && mayTurnBack(at)) {
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
      case Node.Step<I> step -> step.when().test(state);
      case Node.Wait<I> wait -> wait.when().test(state);
      case Node.Reach<I> reach -> row.milestone() == null && reach.when().test(state);
      case Node.Pivot<I> pivot -> true;
    };
  }

  /**
   * Whether no command of the run from its pivot on can have been executed; if so, none is from now
   * on. A segment that may have been walked before is walked to its end before a cancellation
   * counts.
   */
  private boolean mayTurnBack(int at) {
    return !again && workflow.mayTurnBack(at) && (ahead == null || ahead.stop());
  }

  private void ask(Node.Step<I> step, int at, long since, int failures) {
    answer(step, at, failures)
        .onSuccess(answer -> guarded(() -> answered(step, at, answer)))
        .onFailure(cause -> guarded(() -> unanswered(step, at, since, failures, cause)));
  }

  /** The answer that was fetched ahead, or that of the agent, who is told what follows. */
  private Future<Answer<?>> answer(Node.Step<I> step, int at, int failures) {
    Ask<?> ask = state.ask(step, row.segmentOn(), runner.asks().deadline(failures));
    Optional<Future<Answer<?>>> fetched = ahead == null ? Optional.empty() : ahead.answer(ask.id());
    if (fetched.isPresent()) {
      return runner.inTime(fetched.get(), step.name());
    }
    if (again || failures > 0) {
      return send(step.name(), state.seen(step.name(), ask.asAgain()));
    }
    ahead = runner.foresight(workflow, state.copy(), at, row.segmentOn());
    return send(step.name(), ahead.next().orElseGet(() -> state.seen(step.name(), ask)));
  }

  private Future<Answer<?>> send(String step, Ask<?> ask) {
    if (turned) {
      turned = false;
      runner.turned(row.definition() + "/" + step);
    }
    return runner.asks().ask(ask);
  }

  private <R> Ask<R> asking(CommandId id, Command<R> command, int failures) {
    Ask<R> ask = Ask.first(id, command, runner.asks().deadline(failures));
    return again || failures > 0 ? ask.asAgain() : ask;
  }

  private void answered(Node.Step<I> step, int at, Answer<?> answer) {
    if (answer.replayed() && ahead != null && ahead.mayDecide()) {
      // Recorded by a transaction whose end was not known: all that followed in it is as well.
      again = true;
    }
    switch (answer.outcome()) {
      case Outcome.Done<?> done ->
          state
              .done(step, done.reply())
              .ifPresentOrElse(why -> refused(at, why), () -> forward(at + 1));
      case Outcome.Rejected<?> rejected -> {
        memory.refused(step.name());
        if (!workflow.mayTurnBack(at)) {
          memory.askAnew(step.name());
        }
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
   * run that may have passed its pivot does neither, and a step that leads to the pivot, once
   * asked, decides about it.
   */
  private void unanswered(Node.Step<I> step, int at, long since, int failures, Throwable cause) {
    boolean late = runner.nanoTime() - since > step.givesUpAfter().toNanos();
    if ((late || isCancelled()) && !workflow.leadsToPivot(at) && mayTurnBack(at)) {
      turnBack(at, isCancelled() ? workflow.cancelled() : notInTime(cause));
    } else {
      runner.asks().later(failures, cause, () -> guarded(() -> ask(step, at, since, failures + 1)));
    }
  }

  private static Refusal notInTime(Throwable cause) {
    String text = "A step could not be done in time.";
    return cause instanceof Unavailable outage
        ? Refusal.conflict(outage.code(), text)
        : Refusal.conflict("agent_failed", text);
  }

  private void reach(Node.Reach<I> reach, int at) {
    // Told before its row is written: the replies that lead here are recorded, and whoever walks
    // the run again comes by and says the same.
    note(row.reached(reach.milestone().apply(state)));
    runner.reached(row);
    forward(at + 1);
  }

  private void enterWait(Node.Wait<I> wait, int at) {
    if (signals.containsKey(wait.name())) {
      endWait(wait, at);
      return;
    }
    Instant due = wait.atMost() == null ? null : runner.now().plus(wait.atMost());
    note(
        row.at(RunStatus.WAITING, at, row.segmentOn(), fold())
            .waiting(wait.name(), row.dueAt() == null ? due : row.dueAt()));
    waitingFor = wait.name();
    heard();
  }

  /** The turn that ends a wait: what was told is remembered, and the next segment gets its day. */
  private void endWait(Node.Wait<I> wait, int at) {
    Object body = signals.get(wait.name());
    memory.asked(wait.name(), row.segmentOn());
    memory.done(
        wait.name(), body instanceof String text ? RecordJson.read(text, wait.body()) : body);
    Optional<Refusal> why = wait.verdict().apply(state);
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
    state.refusedFor(why);
    memory.turnedBackFor(RecordJson.write(why));
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
    String name = step.name();
    CommandId forward = CommandId.ofStep(runId(), name, memory.attempt(name), memory.askedOn(name));
    CommandId id = forward.undo(memory.undoing(name), row.segmentOn());
    Ask<?> ask = asking(id, step.undo().apply(state), failures).undoing(forward);
    String undo = "undo of " + step.name();
    send(undo, state.seen(undo, ask))
        .onSuccess(answer -> guarded(() -> undone(step, at, answer.outcome())))
        .onFailure(
            cause ->
                runner
                    .asks()
                    .later(failures, cause, () -> guarded(() -> undo(step, at, failures + 1))));
  }

  private void undone(Node.Step<I> step, int at, Outcome<?> outcome) {
    switch (outcome) {
      case Outcome.Done<?> done -> undo(at + 1);
      case Outcome.Rejected<?> rejected -> {
        memory.undoAnew(step.name());
        needPerson(rejected.why());
      }
    }
  }

  private void close(int failures) {
    CommandId id = CommandId.ofStep(runId(), CLOSING, 1, row.segmentOn());
    send(CLOSING, state.seen(CLOSING, asking(id, workflow.closing(state), failures)))
        .onSuccess(answer -> guarded(() -> end(RunStatus.TURNED_BACK)))
        .onFailure(
            cause ->
                runner.asks().later(failures, cause, () -> guarded(() -> close(failures + 1))));
  }

  private void end(RunStatus status) {
    RunRow last = row.at(status, row.position(), row.segmentOn(), memory.fold(step -> false));
    boolean answers = last.milestone() == null && status == RunStatus.TURNED_BACK;
    write(
        answers ? last.reached(workflow.turnedBack(state)) : last,
        () -> {
          if (answers) {
            runner.reached(row);
          }
          runner.ended(this);
        });
  }

  private void needPerson(Refusal why) {
    write(
        row.at(RunStatus.NEEDS_HUMAN, row.position(), row.segmentOn(), fold())
            .because(RecordJson.write(why)),
        () -> runner.ended(this));
  }

  /** A change that can be found out again from the replies: written soon, or with the next one. */
  private void note(RunRow next) {
    row = next;
    runner.note(this);
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

  /** It is walked no further here. */
  void leave() {
    left = true;
  }

  /** A definition that throws is a bug of its own: the run waits for a person. */
  private void guarded(Runnable action) {
    if (left) {
      return;
    }
    try {
      work.run(action);
    } catch (RuntimeException bug) {
      work.run(() -> runner.broken(this, bug));
    }
  }
}
