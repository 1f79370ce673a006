package dev.holdfast.bus;

import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.trace.Span;
import java.util.Objects;

/**
 * A command on its way to its agent.
 *
 * @param id under which its reply is recorded
 * @param command what is asked
 * @param again whether it may have been asked before; then recorded replies are looked up first
 * @param key the requester's key when it came over HTTP, else null
 * @param undoes the command it takes back, else null
 * @param passing whether it goes past the rule that commands under a parked key wait
 * @param deadline after which no answer is of use
 * @param continuation what is asked next, if it may share the transaction, else null
 * @param trace what it is asked for; whoever asks ends it
 * @param <R> the reply when it is done
 */
public record Ask<R>(
    CommandId id,
    Command<R> command,
    boolean again,
    HttpKey key,
    CommandId undoes,
    boolean passing,
    Deadline deadline,
    Continuation continuation,
    Span trace) {
  public Ask {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(deadline, "deadline");
    Objects.requireNonNull(trace, "trace");
  }

  /** A command asked for the first time. */
  public static <R> Ask<R> first(CommandId id, Command<R> command, Deadline deadline) {
    return new Ask<>(id, command, false, null, null, false, deadline, null, Span.NONE);
  }

  /** The same as something that may have been asked before. */
  public Ask<R> asAgain() {
    return new Ask<>(id, command, true, key, undoes, passing, deadline, null, trace);
  }

  /** The same under a requester's key. */
  public Ask<R> under(HttpKey key) {
    return new Ask<>(id, command, again, key, undoes, passing, deadline, continuation, trace);
  }

  /** The same with what is asked next. */
  public Ask<R> followedBy(Continuation next) {
    return new Ask<>(id, command, again, key, undoes, passing, deadline, next, trace);
  }

  /** The same as the undo of another command. */
  public Ask<R> undoing(CommandId forward) {
    return new Ask<>(id, command, again, key, forward, passing, deadline, null, trace);
  }

  /** The same going past commands that are parked under its key, to replay one of them. */
  public Ask<R> asReplay() {
    return new Ask<>(id, command, true, key, undoes, true, deadline, null, trace);
  }

  /** The same as a part of something. */
  public Ask<R> within(Span span) {
    return span == trace
        ? this
        : new Ask<>(id, command, again, key, undoes, passing, deadline, continuation, span);
  }
}
