package dev.holdfast.recovery;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.Optional;

/**
 * An answer to a sign of trouble that is no fall: trigger, guard, action, proof. All calls come on
 * one loop and must not block it.
 */
public interface Reaction {
  /** Which one it is. */
  ReactionName name();

  /** Whom it may befall. */
  Collection<String> targets();

  /** Called once before the targets are asked about. */
  default void look() {}

  /** What is seen of the target that calls for it, in words; empty when nothing does. */
  Optional<String> trigger(String target);

  /** Its guard: why it must not be done now although something calls for it. */
  Optional<String> refusal(String target);

  /** Its action; completes with what was done, in words. */
  Future<String> act(String target);

  /** Whether what was done has helped. */
  boolean isProven(String target);

  /** What is done when that was not seen in time; completes with it, in words. */
  Future<String> takeBack(String target);
}
