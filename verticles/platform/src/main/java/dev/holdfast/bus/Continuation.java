package dev.holdfast.bus;

import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Outcome;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * What an asker would ask next, told along with an ask, so that the agents of one process can take
 * both in one transaction. It stays inside its process. Whoever executes the ask may leave it
 * alone: then the asker asks by itself.
 *
 * <p>Called by one thread after the other.
 */
public interface Continuation {
  /**
   * The command that follows. The transaction is still open, so what is told here may never come
   * true; it is asked at most once for each command.
   *
   * @param id of a command that was asked with this continuation
   * @param outcome of that command
   * @return empty when nothing follows, or nothing that may share the transaction
   */
  Optional<Ask<?>> after(CommandId id, Outcome<?> outcome);

  /** How far the next command stands from the beginning; those behind go first. */
  int place();

  /**
   * A command that followed was committed, or is under way with its partner. Told before the
   * command that it followed is answered.
   *
   * @param answer of the command, as whoever asks it would get it
   */
  void taken(CommandId id, Future<Answer<?>> answer);
}
