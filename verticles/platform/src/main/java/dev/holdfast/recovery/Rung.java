package dev.holdfast.recovery;

import io.vertx.core.Future;
import java.util.Optional;

/**
 * One rung: what it does about a child that fell. All calls come on the supervisor's loop and must
 * not block it.
 */
public interface Rung {
  /** Its place in the ladder; not {@link RungName#PARK}. */
  RungName name();

  /**
   * Its guard, asked at each fall that reaches it.
   *
   * @return why it can't be taken for the child now; empty when it can
   */
  Optional<String> refusal(String child);

  /**
   * Its action, after the last life ended and before the next begins.
   *
   * @return completes with what was done, in words, or with an empty text; on any thread. The next
   *     life begins when it has failed or its time is over, too
   */
  Future<String> act(String child);

  /** Whether the next life must be on another event loop than the last. */
  default boolean movesLoop() {
    return false;
  }
}
