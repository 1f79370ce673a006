package dev.holdfast.workflow;

import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A place in a workflow. */
sealed interface Node<I> {

  /**
   * A command to an agent.
   *
   * @param name unique in the definition; part of the command's id, so it never changes
   * @param when whether the step is taken at all
   * @param command what is asked
   * @param verdict on the reply: a refusal turns the run back although the agent did not refuse
   * @param undo what takes it back, or null when nothing has to be
   * @param kept whether the reply is needed after a wait
   * @param givesUpAfter how long it is asked again while the agent can't answer; before the pivot
   *     the run then turns back, after it the step is asked for ever
   */
  record Step<I>(
      String name,
      Predicate<RunView<I>> when,
      Function<RunView<I>, Command<?>> command,
      Function<RunView<I>, Optional<Refusal>> verdict,
      Function<RunView<I>, Command<?>> undo,
      boolean kept,
      Duration givesUpAfter)
      implements Node<I> {}

  /**
   * A wait for a signal.
   *
   * @param name of the signal; unique in the definition
   * @param body the signal's record
   * @param verdict on the signal
   * @param atMost how long; null for ever
   * @param late why the run turns back when the time is over
   */
  record Wait<I>(
      String name,
      Predicate<RunView<I>> when,
      Class<?> body,
      Function<RunView<I>, Optional<Refusal>> verdict,
      Duration atMost,
      Refusal late)
      implements Node<I> {}

  /** Whoever asked for the run gets the answer; the first one that is reached counts. */
  record Reach<I>(Predicate<RunView<I>> when, Function<RunView<I>, Milestone> milestone)
      implements Node<I> {}

  /** From here the run only goes forward. */
  record Pivot<I>() implements Node<I> {}
}
