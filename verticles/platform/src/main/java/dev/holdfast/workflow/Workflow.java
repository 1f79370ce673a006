package dev.holdfast.workflow;

import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A definition: an immutable graph of named steps. A run is pinned to the version it began with, so
 * a changed graph gets a new version and the old one stays until its runs have ended.
 *
 * @param <I> the input record of its runs
 */
public final class Workflow<I> {
  private final String name;
  private final int version;
  private final Class<I> input;
  private final List<Node<I>> nodes;
  private final String cancelSignal;
  private final Refusal cancelled;
  private final Function<RunView<I>, Command<?>> closing;
  private final Function<RunView<I>, Milestone> turnedBack;

  private Workflow(Builder<I> builder) {
    this.name = builder.name;
    this.version = builder.version;
    this.input = builder.input;
    this.nodes = List.copyOf(builder.nodes);
    this.cancelSignal = builder.cancelSignal;
    this.cancelled = builder.cancelled;
    this.closing = Objects.requireNonNull(builder.closing, "closing");
    this.turnedBack = Objects.requireNonNull(builder.turnedBack, "turnedBack");
  }

  /** Begins a definition. */
  public static <I> Builder<I> named(String name, int version, Class<I> input) {
    return new Builder<>(name, version, input);
  }

  public String name() {
    return name;
  }

  public int version() {
    return version;
  }

  Class<I> input() {
    return input;
  }

  List<Node<I>> nodes() {
    return nodes;
  }

  /** The signal by which a run is called off before its pivot, or null. */
  String cancelSignal() {
    return cancelSignal;
  }

  Refusal cancelled() {
    return cancelled;
  }

  /** What closes a run that turned back, after its undos. */
  Command<?> closing(RunView<I> run) {
    return closing.apply(run);
  }

  /** The answer of a run that turned back before it reached one. */
  Milestone turnedBack(RunView<I> run) {
    return turnedBack.apply(run);
  }

  /** The steps before the pivot that have an undo, the last one first. */
  List<Node.Step<I>> undoable() {
    List<Node.Step<I>> steps = new ArrayList<>();
    for (int at = 0; at < nodes.size() && mayTurnBack(at); at++) {
      if (nodes.get(at) instanceof Node.Step<I> step && step.undo() != null) {
        steps.addFirst(step);
      }
    }
    return steps;
  }

  /** Whether the place stands before the pivot, so that a run there may turn back. */
  boolean mayTurnBack(int position) {
    // The pivot itself counts as passed: the step before it is done when a run stands there.
    for (int at = 0; at <= position && at < nodes.size(); at++) {
      if (nodes.get(at) instanceof Node.Pivot<I>) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether no step or wait stands before the pivot any more: whatever the step there comes to
   * decides about it.
   */
  boolean leadsToPivot(int position) {
    int next = position + 1;
    while (next < nodes.size() && nodes.get(next) instanceof Node.Reach<I>) {
      next++;
    }
    return next < nodes.size() && nodes.get(next) instanceof Node.Pivot<I>;
  }

  /** Puts a definition together; nodes run in the order in which they are added. */
  public static final class Builder<I> {
    private static final Duration GIVES_UP_AFTER = Duration.ofMinutes(10);

    private final String name;
    private final int version;
    private final Class<I> input;
    private final List<Node<I>> nodes = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private String cancelSignal;
    private Refusal cancelled;
    private Function<RunView<I>, Command<?>> closing;
    private Function<RunView<I>, Milestone> turnedBack;

    private Builder(String name, int version, Class<I> input) {
      this.name = Objects.requireNonNull(name, "name");
      this.version = version;
      this.input = Objects.requireNonNull(input, "input");
    }

    /** A command that every run asks. */
    public StepBuilder<I> step(String step, Function<RunView<I>, Command<?>> command) {
      return new StepBuilder<>(this, unique(step), command);
    }

    /** A signal that runs wait for. */
    public WaitBuilder<I> await(String signal, Class<?> body) {
      return new WaitBuilder<>(this, unique(signal), body);
    }

    /** Whoever asked for the run gets this answer, unless there was one before. */
    public Builder<I> reach(Function<RunView<I>, Milestone> milestone) {
      return reachWhen(run -> true, milestone);
    }

    /** The same only for runs for which the condition holds. */
    public Builder<I> reachWhen(
        Predicate<RunView<I>> condition, Function<RunView<I>, Milestone> milestone) {
      nodes.add(new Node.Reach<>(condition, milestone));
      return this;
    }

    /** From here a run only goes forward. */
    public Builder<I> pivot() {
      nodes.add(new Node.Pivot<>());
      return this;
    }

    /** The signal that turns a run back before its pivot, and the reason it then has. */
    public Builder<I> cancelledBy(String signal, Refusal why) {
      cancelSignal = unique(signal);
      cancelled = why;
      return this;
    }

    /** How a run ends that turned back: the command that closes it, and its answer. */
    public Workflow<I> turningBack(
        Function<RunView<I>, Command<?>> closingCommand,
        Function<RunView<I>, Milestone> turnedBackAnswer) {
      closing = closingCommand;
      turnedBack = turnedBackAnswer;
      return new Workflow<>(this);
    }

    private String unique(String node) {
      if (!names.add(node)) {
        throw new IllegalArgumentException(name + " has two nodes named " + node);
      }
      return node;
    }
  }

  /** Puts a step together; ends with {@link #then}. */
  public static final class StepBuilder<I> {
    private final Builder<I> workflow;
    private final String name;
    private final Function<RunView<I>, Command<?>> command;
    private Predicate<RunView<I>> when = run -> true;
    private Function<RunView<I>, Optional<Refusal>> verdict = run -> Optional.empty();
    private Function<RunView<I>, Command<?>> undo;
    private boolean kept;
    private Duration givesUpAfter = Builder.GIVES_UP_AFTER;

    private StepBuilder(
        Builder<I> workflow, String name, Function<RunView<I>, Command<?>> command) {
      this.workflow = workflow;
      this.name = name;
      this.command = command;
    }

    /** Only runs for which this holds take the step. */
    public StepBuilder<I> when(Predicate<RunView<I>> condition) {
      when = condition;
      return this;
    }

    /** The command that takes it back, given the forward command's id by the runner. */
    public StepBuilder<I> undo(Function<RunView<I>, Command<?>> command) {
      undo = command;
      return this;
    }

    /** A reply may be a reason to turn back although it is no refusal. */
    public StepBuilder<I> refusedIf(Function<RunView<I>, Optional<Refusal>> judgement) {
      verdict = judgement;
      return this;
    }

    /** The reply is needed after a wait, so it is folded into the run's row there. */
    public StepBuilder<I> kept() {
      kept = true;
      return this;
    }

    /** How long it is asked again before the run turns back. */
    public StepBuilder<I> givesUpAfter(Duration time) {
      givesUpAfter = time;
      return this;
    }

    /** Ends the step. */
    public Builder<I> then() {
      workflow.nodes.add(new Node.Step<>(name, when, command, verdict, undo, kept, givesUpAfter));
      return workflow;
    }
  }

  /** Puts a wait together; ends with {@link #then}. */
  public static final class WaitBuilder<I> {
    private final Builder<I> workflow;
    private final String name;
    private final Class<?> body;
    private Predicate<RunView<I>> when = run -> true;
    private Function<RunView<I>, Optional<Refusal>> verdict = run -> Optional.empty();
    private Duration atMost;
    private Refusal late;

    private WaitBuilder(Builder<I> workflow, String name, Class<?> body) {
      this.workflow = workflow;
      this.name = name;
      this.body = body;
    }

    /** Only runs for which this holds wait. */
    public WaitBuilder<I> when(Predicate<RunView<I>> condition) {
      when = condition;
      return this;
    }

    /** What the signal says may be a reason to turn back. */
    public WaitBuilder<I> refusedIf(Function<RunView<I>, Optional<Refusal>> judgement) {
      verdict = judgement;
      return this;
    }

    /** A run that waits longer turns back for this reason; only before the pivot. */
    public WaitBuilder<I> atMost(Duration time, Refusal why) {
      atMost = time;
      late = why;
      return this;
    }

    /** Ends the wait. */
    public Builder<I> then() {
      workflow.nodes.add(new Node.Wait<>(name, when, body, verdict, atMost, late));
      return workflow;
    }
  }
}
