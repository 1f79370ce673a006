package dev.holdfast.agent;

import dev.holdfast.bus.Ask;
import dev.holdfast.bus.Bus;
import dev.holdfast.bus.ProtocolNames;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Event;
import dev.holdfast.kernel.Parked;
import dev.holdfast.stream.Received;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns the events that an agent hears into commands to it, under ids that follow from them. */
public final class EventCommands {
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final String agent;
  private final List<Subscription<?>> subscriptions;
  private final Bus bus;
  private final Clock clock;

  /**
   * @param agent the hearing agent's name
   * @param subscriptions what it hears
   */
  public EventCommands(String agent, List<Subscription<?>> subscriptions, Bus bus, Clock clock) {
    this.agent = agent;
    this.subscriptions = List.copyOf(subscriptions);
    this.bus = bus;
    this.clock = clock;
  }

  /** The topics of the events. */
  public Set<String> topics() {
    return subscriptions.stream()
        .map(subscription -> ProtocolNames.topicOf(subscription.event()))
        .collect(Collectors.toSet());
  }

  /**
   * Asks the commands that the event leads to. Succeeds when each has an outcome or lies among the
   * dead letters, where it is waited for; an event nobody subscribed to leads to none.
   */
  public Future<Void> apply(Received event) {
    List<Future<?>> asked = new ArrayList<>();
    for (Subscription<?> subscription : subscriptions) {
      if (ProtocolNames.typeOf(subscription.event()).equals(event.type())) {
        asked.addAll(ask(subscription, event));
      }
    }
    return Future.all(asked).mapEmpty();
  }

  private <E extends Event> List<Future<?>> ask(Subscription<E> subscription, Received event) {
    E body = RecordJson.read(event.body(), subscription.event());
    LocalDate on = LocalDate.ofInstant(event.occurredAt(), ZoneOffset.UTC);
    List<Future<?>> asked = new ArrayList<>();
    int number = 0;
    for (Command<?> command : subscription.commands().apply(body)) {
      String handler = subscription.handler() + "/" + number++;
      asked.add(ask(command, CommandId.ofEvent(event.eventId(), agent, handler, on)));
    }
    return asked;
  }

  private <R> Future<?> ask(Command<R> command, CommandId id) {
    return bus.ask(Ask.first(id, command, Deadline.in(DEADLINE, clock)).asAgain())
        .recover(
            cause ->
                cause instanceof Parked ? Future.succeededFuture() : Future.failedFuture(cause));
  }
}
