package dev.holdfast.agent;

import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Outcome;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One command of a batch, with what the lane knows about it.
 *
 * @param <C> the agent's commands
 */
public final class Entry<C extends Command<?>> {
  private final CommandId id;
  private final C command;
  private final Instant now;
  private final CommandId undoes;
  private final Outcome<?> forward;
  private final Object answer;

  /**
   * @param id under which the reply is recorded
   * @param command what is asked
   * @param now platform time of the batch; the same for the whole batch
   * @param undoes the command this one takes back, else null
   * @param forward what is recorded of that command, else null
   * @param answer what the partner said, on the second pass of a command with a call outside, else
   *     null
   */
  public Entry(
      CommandId id, C command, Instant now, CommandId undoes, Outcome<?> forward, Object answer) {
    this.id = Objects.requireNonNull(id, "id");
    this.command = Objects.requireNonNull(command, "command");
    this.now = Objects.requireNonNull(now, "now");
    this.undoes = undoes;
    this.forward = forward;
    this.answer = answer;
  }

  public CommandId id() {
    return id;
  }

  public C command() {
    return command;
  }

  /** Platform time of the batch. */
  public Instant now() {
    return now;
  }

  /** The command that this one takes back. */
  public Optional<CommandId> undoes() {
    return Optional.ofNullable(undoes);
  }

  /**
   * What is recorded of the command that this one takes back; empty when it never came to an end. A
   * reply is given as its JSON text.
   */
  public Optional<Outcome<?>> forward() {
    return Optional.ofNullable(forward);
  }

  /** What the partner said to the call that the first pass asked for; empty on the first pass. */
  public <T> Optional<T> answer(Class<T> type) {
    return Optional.ofNullable(answer).map(type::cast);
  }
}
