package dev.holdfast.supervision;

import java.time.Duration;

/** What else is to be done about event loops that are blocked; called on the supervisor's loop. */
public interface LoopListener {
  /** Does nothing. */
  LoopListener NONE =
      new LoopListener() {
        @Override
        public void blocked(Thread loop, Duration silence) {}

        @Override
        public void hopeless() {}
      };

  /**
   * A loop is blocked. Its children are started anew on others; whatever else lives on it is the
   * listener's.
   */
  void blocked(Thread loop, Duration silence);

  /**
   * More than a quarter of the loops are blocked, and two at least, or one for more than five
   * seconds: nothing more is tried here. Called again and again.
   */
  void hopeless();
}
