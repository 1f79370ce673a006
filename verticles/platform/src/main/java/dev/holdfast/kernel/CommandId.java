package dev.holdfast.kernel;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;

/**
 * The identity of a command, and the day that was fixed with it. Both travel together: the reply is
 * recorded under both.
 *
 * @param value derived, never random (see {@link DerivedId})
 * @param issuedOn the day in UTC; names the partition that holds the reply
 */
public record CommandId(UUID value, LocalDate issuedOn) {
  public CommandId {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(issuedOn, "issuedOn");
  }

  /** The id of the command that a requester made under a key of its own. */
  public static CommandId ofHttp(int merchant, String operation, String key, LocalDate on) {
    return new CommandId(DerivedId.of("http", merchant, operation, key), on);
  }

  /**
   * The same for a request that says itself when it was made: ids of the same time begin alike.
   *
   * @param time as the request says it, so that its repeat says the same
   */
  public static CommandId ofHttpAt(
      Instant time, int merchant, String operation, String key, LocalDate on) {
    return new CommandId(DerivedId.at(time, "http", merchant, operation, key), on);
  }

  /** The id of a workflow step's command. */
  public static CommandId ofStep(UUID run, String step, int attempt, LocalDate on) {
    return new CommandId(DerivedId.within(run, "step", step, attempt), on);
  }

  /** The id of the command that takes this one back. */
  public CommandId undo(LocalDate on) {
    return new CommandId(DerivedId.within(value, "undo"), on);
  }

  /**
   * The id of a further attempt to take this one back, after one was refused.
   *
   * @param attempt 1 for {@link #undo(LocalDate)}
   */
  public CommandId undo(int attempt, LocalDate on) {
    return attempt == 1 ? undo(on) : new CommandId(DerivedId.within(value, "undo", attempt), on);
  }

  /** The id of the command that an agent makes of an event. */
  public static CommandId ofEvent(UUID event, String agent, String handler, LocalDate on) {
    return new CommandId(DerivedId.within(event, "event", agent, handler), on);
  }

  /** The id of the command that a timer makes when it is due. */
  public static CommandId ofTimer(String owner, String timer, long number, LocalDate on) {
    return new CommandId(DerivedId.of("timer", owner, timer, number), on);
  }

  /** The id of the command that a partner's notice makes. */
  public static CommandId ofWebhook(String partner, String notice, LocalDate on) {
    return new CommandId(DerivedId.of("webhook", partner, notice), on);
  }
}
