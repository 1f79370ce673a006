package dev.holdfast.workflow;

import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.bus.Continuation;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A run's next steps, walked ahead of it while a transaction is open, up to its next wait. It has a
 * copy of what the run knows; the run itself goes the same way when the answers are committed, and
 * takes them from here instead of asking. What was seen ahead and not committed is forgotten with
 * it. Walked by one lane after the other while the run may want to turn back: which of the two
 * comes first is decided here.
 *
 * @param <I> the run's input
 */
final class Foresight<I> implements Continuation {
  private final Workflow<I> workflow;
  private final RunState<I> state;
  private final LocalDate segmentOn;
  private final Supplier<Deadline> deadline;
  private final Map<CommandId, Future<Answer<?>>> answers = new ConcurrentHashMap<>();
  private CommandId asked;
  private boolean stopped;
  private volatile int place;

  /**
   * @param state nobody else's
   * @param place where the run stands
   */
  Foresight(
      Workflow<I> workflow,
      RunState<I> state,
      int place,
      LocalDate segmentOn,
      Supplier<Deadline> deadline) {
    this.workflow = workflow;
    this.state = state;
    this.place = place;
    this.segmentOn = segmentOn;
    this.deadline = deadline;
  }

  /** What is asked where the run stands, or behind places that need nothing of this kind. */
  synchronized Optional<Ask<?>> next() {
    return next(place);
  }

  private Optional<Ask<?>> next(int from) {
    asked = null;
    if (stopped) {
      return Optional.empty();
    }
    try {
      for (int at = from; at < workflow.nodes().size(); at++) {
        switch (workflow.nodes().get(at)) {
          case Node.Step<I> step -> {
            if (step.when().test(state)) {
              return Optional.of(ask(step, at));
            }
          }
          case Node.Wait<I> wait -> {
            if (wait.when().test(state)) {
              return Optional.empty();
            }
          }
          case Node.Reach<I> reach -> {
            // The run reaches it when it comes by.
          }
          case Node.Pivot<I> pivot -> {
            // The place says that the run may be behind it.
          }
        }
      }
      return Optional.empty();
    } catch (RuntimeException bug) {
      // The run throws the same when it comes by, and is then left to a person.
      return Optional.empty();
    }
  }

  private Ask<?> ask(Node.Step<I> step, int at) {
    Ask<?> ask =
        state.seen(step.name(), state.ask(step, segmentOn, deadline.get())).followedBy(this);
    asked = ask.id();
    place = at;
    return ask;
  }

  @Override
  public synchronized Optional<Ask<?>> after(CommandId id, Outcome<?> outcome) {
    int at = place;
    boolean goesOn =
        id.equals(asked) && outcome instanceof Outcome.Done<?> done && isGood(done, at);
    if (!goesOn) {
      asked = null;
      return Optional.empty();
    }
    return next(at + 1);
  }

  private boolean isGood(Outcome.Done<?> done, int at) {
    Node.Step<I> step = (Node.Step<I>) workflow.nodes().get(at);
    try {
      return state.done(step, done.reply()).isEmpty();
    } catch (RuntimeException bug) {
      return false;
    }
  }

  /** The furthest place whose command may have been executed. Any thread. */
  @Override
  public int place() {
    return place;
  }

  /** Whether a command that leads to the pivot, or comes behind it, may have been executed. */
  boolean mayDecide() {
    int furthest = place;
    return !workflow.mayTurnBack(furthest) || workflow.leadsToPivot(furthest);
  }

  /**
   * The run is going to turn back: nothing follows any more.
   *
   * @return false when it may not, see {@link #mayDecide}
   */
  synchronized boolean stop() {
    stopped = !mayDecide();
    return stopped;
  }

  @Override
  public void taken(CommandId id, Future<Answer<?>> answer) {
    answers.put(id, answer);
  }

  /** The answer of a command that was asked ahead; empty when it was not. */
  Optional<Future<Answer<?>>> answer(CommandId id) {
    return Optional.ofNullable(answers.remove(id));
  }
}
