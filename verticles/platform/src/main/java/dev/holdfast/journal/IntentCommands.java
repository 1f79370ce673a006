package dev.holdfast.journal;

import dev.holdfast.kernel.Command;
import io.vertx.core.Future;

/** Makes commands of intents again. */
@FunctionalInterface
public interface IntentCommands {
  /**
   * What is asked for an intent now, under the intent's id: the command that was accepted, or, when
   * its condition no longer holds, one of the same agent and reply that records the refusal.
   *
   * @return fails with {@link IllegalArgumentException} when the intent says nothing that is known
   *     here, with {@link dev.holdfast.kernel.Unavailable} when it can't be said now
   */
  Future<Command<?>> of(Intent intent);
}
