package dev.holdfast.kernel;

import java.time.Duration;

/** What befalls agents on purpose. Asked within each transaction of a lane; may not block. */
public interface Disturbance {
  /** Longer than any transaction. */
  Duration FOR_EVER = Duration.ofDays(1);

  /**
   * How long a transaction of an agent is held up before its work; zero for not at all.
   *
   * @param life the instance that works, by identity
   */
  Duration heldUp(String agent, Object life);

  /** An agent is about to decide a command; throws when the command is to break it. */
  void deciding(String agent, CommandId command);

  /** Nothing happens. */
  Disturbance NONE =
      new Disturbance() {
        @Override
        public Duration heldUp(String agent, Object life) {
          return Duration.ZERO;
        }

        @Override
        public void deciding(String agent, CommandId command) {}
      };
}
