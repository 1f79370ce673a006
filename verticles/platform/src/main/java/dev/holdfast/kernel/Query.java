package dev.holdfast.kernel;

/**
 * A question to one agent that changes nothing.
 *
 * @param <R> the answer
 */
public interface Query<R> {
  /** The tenant in whose name it is asked; 1 or more. */
  int merchant();
}
