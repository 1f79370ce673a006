package dev.holdfast.kernel;

/**
 * The moments between which a process may die: told just before a commit is sent, just after it is
 * known, and between a run's turn and its first command. Tests halt the process there; elsewhere
 * nothing happens.
 */
public interface CommitPoints {
  /** All is written, and the commit is about to be sent. */
  void before(String place);

  /** It is committed, and nobody has been told yet. */
  void after(String place);

  /**
   * A run's turn is committed, or the run was taken up, and its first command is about to be asked.
   */
  void turned(String place);

  /** Nothing happens. */
  CommitPoints NONE =
      new CommitPoints() {
        @Override
        public void before(String place) {}

        @Override
        public void after(String place) {}

        @Override
        public void turned(String place) {}
      };
}
