package dev.holdfast.kernel;

/**
 * A wish to change state, told to one agent. It takes effect once, however often it is asked.
 *
 * <p>Commands are records nested in their agent's {@code …Protocol}; the agent is found by that
 * name.
 *
 * @param <R> the reply when it is done
 */
public interface Command<R> {
  /** The tenant in whose name it is asked; 1 or more. */
  int merchant();

  /**
   * What later commands have to wait behind when this one is parked as a dead letter: an order, a
   * payment, a return. Never something many share, such as a stock keeping unit or a merchant. Null
   * where the command itself begins the thing; then its own id serves.
   */
  String parkingKey();

  /** About how many rows it writes; a batch of commands is bounded by their sum. */
  default int rows() {
    return 1;
  }
}
