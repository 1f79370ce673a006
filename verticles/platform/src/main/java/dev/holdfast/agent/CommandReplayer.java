package dev.holdfast.agent;

import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.bus.Bus;
import dev.holdfast.bus.MessageTypes;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.deadletter.DeadLetter;
import dev.holdfast.deadletter.Replayer;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
  public Future<Boolean> answered(DeadLetter letter) {
    return database.inTransaction(
        Deadline.in(LOOK_UP, clock),
        tx -> replies.read(tx, List.of(letter.id())).map(found -> !found.isEmpty()));
  }

  @Override
  public Future<Outcome<?>> ask(DeadLetter letter, Deadline deadline) {
    Class<?> type = types.named(letter.type());
    return ask((Command<?>) RecordJson.read(letter.body(), type), letter, deadline);
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
  public void closed(DeadLetter letter) {
    AgentHost host = hosts.get(letter.agent());
    if (host != null) {
      host.lettersChanged();
    }
  }
}
