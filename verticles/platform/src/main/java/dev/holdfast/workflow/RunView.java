package dev.holdfast.workflow;

import dev.holdfast.kernel.Refusal;
import java.util.Optional;
import java.util.UUID;

/**
 * What a definition sees of a run when it makes a command or a milestone.
 *
 * @param <I> the run's input
 */
public interface RunView<I> {
  UUID runId();

  int merchant();

  I input();

  /**
   * The reply of a step, or the body of a signal, that came before.
   *
   * @throws IllegalStateException when there is none: the step was skipped, or its reply is not
   *     kept over the wait that lies between
   */
  <T> T reply(String step, Class<T> type);

  /** Whether the step was done. */
  boolean isDone(String step);

  /** Why the run turned back. */
  Optional<Refusal> refusal();
}
