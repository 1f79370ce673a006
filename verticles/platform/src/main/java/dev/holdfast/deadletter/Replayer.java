package dev.holdfast.deadletter;

import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What only the runtime of agents, events and runs can do with a dead letter. */
public interface Replayer {
  /**
   * What a person sees of a letter.
   *
   * @param headers what travels beside the payload
   * @param payload its text, as a rule JSON
   */
  record Contents(Map<String, String> headers, String payload) {
    public Contents {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * Those letters' ids that need no asking any more: a reply is recorded under them by now, or
   * their run goes on. Never one of an event.
   */
  Future<Set<CommandId>> answered(List<DeadLetter> letters);

  /**
   * Asks the message again, past the rule that a message under a parked key waits.
   *
   * @return its outcome; fails with {@link dev.holdfast.kernel.Parked} when it broke again
   */
  Future<? extends Outcome<?>> ask(DeadLetter letter, Deadline deadline);

  /**
   * Records that the message is given up, as the reply to a command; nothing for an event.
   *
   * @param tx in which the letter is closed
   */
  Future<Void> refuse(Tx tx, DeadLetter letter, Refusal why);

  /** Letters were closed, so that their parking keys may be free again. */
  void closed(Collection<DeadLetter> letters);

  /** What a person sees of it. */
  Contents contents(DeadLetter letter);

  /**
   * Whether a text may stand in place of a letter's payload: it must read as the same message,
   * under the same key, of the same merchant.
   *
   * @return the text as it is to be kept; rejected with a sentence that names the field
   */
  Outcome<String> edited(DeadLetter letter, String payload);
}
