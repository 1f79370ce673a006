package dev.holdfast.agent;

import dev.holdfast.kernel.Command;
import java.time.Instant;
import java.util.Objects;

/**
 * A command of the same agent that shall come due, or the end of a timer.
 *
 * @param owner what the timer belongs to, such as a reservation's id
 * @param name which of the owner's timers
 * @param number tells a timer set anew from the one before it; part of the command's id
 * @param dueAt platform time, or null to stop the timer
 * @param command what is asked then; null when it is stopped
 */
public record TimerSet(String owner, String name, long number, Instant dueAt, Command<?> command) {
  public TimerSet {
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(name, "name");
    if ((dueAt == null) != (command == null)) {
      throw new IllegalArgumentException("a timer has a time and a command, or neither");
    }
  }

  /** Stops the timer if it is set. */
  public static TimerSet stop(String owner, String name) {
    return new TimerSet(owner, name, 0, null, null);
  }
}
