package dev.holdfast.workflow;

import dev.holdfast.bus.Ask;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.trace.Fact;
import dev.holdfast.trace.Part;
import dev.holdfast.trace.Span;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * What a run has come to know, as its definition sees it. Confined to whoever walks the run.
 *
 * @param <I> the run's input
 */
final class RunState<I> implements RunView<I> {
  private final UUID runId;
  private final int merchant;
  private final I input;
  private final Memory memory;
  private final Span trace;
  private Refusal refusal;

  /**
   * @param trace what the run's steps are parts of
   */
  RunState(UUID runId, int merchant, I input, Memory memory, Span trace) {
    this.runId = runId;
    this.merchant = merchant;
    this.input = input;
    this.memory = memory;
    this.trace = trace;
  }

  /** The same, to be walked on apart from this one. */
  RunState<I> copy() {
    RunState<I> copy = new RunState<>(runId, merchant, input, memory.copy(), trace);
    copy.refusal = refusal;
    return copy;
  }

  @Override
  public UUID runId() {
    return runId;
  }

  @Override
  public int merchant() {
    return merchant;
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

  Memory memory() {
    return memory;
  }

  void refusedFor(Refusal why) {
    refusal = why;
  }

  /** The forward command of a step; from now on the step counts as asked. */
  Ask<?> ask(Node.Step<I> step, LocalDate segmentOn, Deadline deadline) {
    LocalDate on = memory.asked(step.name(), segmentOn);
    CommandId id = CommandId.ofStep(runId, step.name(), memory.attempt(step.name()), on);
    return asking(id, step.command().apply(this), deadline);
  }

  private static <R> Ask<R> asking(CommandId id, Command<R> command, Deadline deadline) {
    return Ask.first(id, command, deadline);
  }

  /**
   * The same ask as a step that is seen. Whoever sends it ends that.
   *
   * @param step its name, or what else the run does
   */
  <R> Ask<R> seen(String step, Ask<R> ask) {
    return trace.isRecorded()
        ? ask.within(trace.child(Part.WORKS, "step " + step).with(Fact.RUN, runId.toString()))
        : ask;
  }

  /** Keeps a step's reply; why the run has to turn back for it, if it has to. */
  Optional<Refusal> done(Node.Step<I> step, Object reply) {
    memory.done(step.name(), reply);
    return step.verdict().apply(this);
  }
}
