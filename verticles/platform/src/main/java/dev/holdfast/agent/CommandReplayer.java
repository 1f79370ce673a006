package dev.holdfast.agent;

import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.bus.Bus;
import dev.holdfast.bus.FieldMismatch;
import dev.holdfast.bus.MessageTypes;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.deadletter.DeadLetter;
import dev.holdfast.deadletter.Replayer;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Asks parked commands again, through their agents' ordinary lanes. */
public final class CommandReplayer implements Replayer {
  private static final Duration LOOK_UP = Duration.ofSeconds(3);

  private final Bus bus;
  private final MessageTypes types;
  private final Database database;
  private final Clock clock;
  private final Map<String, AgentHost> hosts;
  private final ReplyStore replies = new ReplyStore();

  /**
   * @param hosts by agent's name
   */
  public CommandReplayer(
      Bus bus, MessageTypes types, Database database, Clock clock, Map<String, AgentHost> hosts) {
    this.bus = bus;
    this.types = types;
    this.database = database;
    this.clock = clock;
    this.hosts = Map.copyOf(hosts);
  }

  @Override
  public Future<Set<CommandId>> answered(List<DeadLetter> letters) {
    List<CommandId> ids = letters.stream().map(DeadLetter::id).toList();
    return ids.isEmpty()
        ? Future.succeededFuture(Set.of())
        : database.inTransaction(
            Deadline.in(LOOK_UP, clock), tx -> replies.read(tx, ids).map(Map::keySet));
  }

  @Override
  public Future<Outcome<?>> ask(DeadLetter letter, Deadline deadline) {
    Command<?> command;
    try {
      command = (Command<?>) RecordJson.read(letter.body(), types.named(letter.type()));
    } catch (IllegalArgumentException unreadable) {
      // Its message may hold what a customer said, so it is told to nobody.
      return Future.failedFuture(new Parked("it does not read as a " + letter.type()));
    }
    return ask(command, letter, deadline);
  }

  private <R> Future<Outcome<?>> ask(Command<R> command, DeadLetter letter, Deadline deadline) {
    Ask<R> ask = Ask.first(letter.id(), command, deadline).asReplay();
    CommandId undoes = Parking.undoneBy(letter);
    return bus.ask(undoes == null ? ask : ask.undoing(undoes)).map(Answer::outcome);
  }

  @Override
  public Future<Void> refuse(Tx tx, DeadLetter letter, Refusal why) {
    replies.write(
        tx, letter.agent(), List.of(new ReplyStore.NewReply(letter.id(), Outcome.rejected(why))));
    return Future.succeededFuture();
  }

  @Override
  public void closed(Collection<DeadLetter> letters) {
    letters.stream()
        .map(DeadLetter::agent)
        .distinct()
        .map(hosts::get)
        .filter(Objects::nonNull)
        .forEach(AgentHost::lettersChanged);
  }

  @Override
  public Contents contents(DeadLetter letter) {
    Map<String, String> headers = new HashMap<>();
    headers.put("command-id", letter.id().value().toString());
    headers.put("issued-on", letter.id().issuedOn().toString());
    headers.put("merchant", Integer.toString(letter.merchant()));
    CommandId undoes = Parking.undoneBy(letter);
    if (undoes != null) {
      headers.put("undoes", undoes.value().toString());
    }
    return new Contents(headers, letter.body());
  }

  @Override
  public Outcome<String> edited(DeadLetter letter, String payload) {
    try {
      Object read = RecordJson.readStrictly(payload, types.named(letter.type()));
      Command<?> command = (Command<?>) read;
      if (command.merchant() != letter.merchant()) {
        return Outcome.rejected(kept("merchant", Integer.toString(letter.merchant())));
      }
      String key = Pending.keyOf(letter.id(), command);
      return key.equals(letter.parkingKey())
          ? Outcome.done(RecordJson.write(command))
          : Outcome.rejected(kept("the key of its aggregate", letter.parkingKey()));
    } catch (FieldMismatch bad) {
      return Outcome.rejected(Refusal.invalid("invalid_payload", bad.getMessage()));
    }
  }

  private static Refusal kept(String field, String value) {
    return Refusal.invalid("not_the_same_command", field + " must stay " + value + ".");
  }
}
