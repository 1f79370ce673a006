package dev.holdfast.agent;

/** The rows that a batch may still write: a single larger command is a batch of its own. */
final class RowLimit {
  private final int max;
  private int rows;

  RowLimit(int max) {
    this.max = max;
  }

  /** Whether the batch may have this command as well. */
  boolean hasRoomFor(Pending command) {
    return rows == 0 || rows + command.command().rows() <= max;
  }

  /** The batch has it. */
  void take(Pending command) {
    rows += command.command().rows();
  }
}
