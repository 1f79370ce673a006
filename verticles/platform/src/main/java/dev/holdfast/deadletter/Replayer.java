package dev.holdfast.deadletter;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;

/** What only the agents' runtime can do with a dead letter. */
public interface Replayer {
  /** Whether a reply is recorded under the letter's id by now. Always false for an event. */
  Future<Boolean> answered(DeadLetter letter);

  /**
   * Asks the message again, past the rule that a message under a parked key waits.
   *
   * @return its outcome; fails with {@link dev.holdfast.kernel.Parked} when it broke again
   */
  Future<? extends Outcome<?>> ask(DeadLetter letter, Deadline deadline);

  /** Records the refusal as the reply to a command; nothing for an event. */
  Future<Void> refuse(Tx tx, DeadLetter letter, Refusal why);

  /** A letter was closed, so that its parking key may be free again. */
  void closed(DeadLetter letter);
}
