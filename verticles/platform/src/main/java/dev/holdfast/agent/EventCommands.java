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
import dev.holdfast.trace.Fact;
import dev.holdfast.trace.Part;
import dev.holdfast.trace.Span;
import dev.holdfast.trace.Work;
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
    List<Subscription<?>> interested =
        subscriptions.stream()
            .filter(subscription -> ProtocolNames.typeOf(subscription.event()).equals(event.type()))
            .toList();
    if (interested.isEmpty()) {
      return Future.succeededFuture();
    }
    Span hearing = hearing(event);
    Work work = Work.of(agent, hearing, event.aggregate());
    return Future.succeededFuture(event)
        .compose(told -> work.call(() -> ask(interested, told, hearing)))
        .onComplete((done, failure) -> hearing.end(failure));
  }

  private Future<Void> ask(List<Subscription<?>> interested, Received event, Span hearing) {
    List<Future<?>> asked = new ArrayList<>();
    for (Subscription<?> subscription : interested) {
      asked.addAll(ask(subscription, event, hearing));
    }
    return Future.all(asked).mapEmpty();
  }

  /** A part of what told it, so that a trace goes on behind the topic. */
  private Span hearing(Received event) {
    Span told = bus.traces().kept(event.traceparent());
    return told.isRecorded()
        ? told.child(Part.HEARS, "hear " + event.type())
            .with(Fact.AGENT, agent)
            .with(Fact.MESSAGING, "kafka")
            .with(Fact.TOPIC, event.topic())
            .with(Fact.EVENT, event.eventId().toString())
        : Span.NONE;
  }

  private <E extends Event> List<Future<?>> ask(
      Subscription<E> subscription, Received event, Span hearing) {
    E body = RecordJson.read(event.body(), subscription.event());
    LocalDate on = LocalDate.ofInstant(event.occurredAt(), ZoneOffset.UTC);
    List<Future<?>> asked = new ArrayList<>();
    int number = 0;
    for (Command<?> command : subscription.commands().apply(body)) {
      String handler = subscription.handler() + "/" + number++;
      asked.add(ask(command, CommandId.ofEvent(event.eventId(), agent, handler, on), hearing));
    }
    return asked;
  }

  private <R> Future<?> ask(Command<R> command, CommandId id, Span hearing) {
    return bus.ask(Ask.first(id, command, Deadline.in(DEADLINE, clock)).asAgain().within(hearing))
        .recover(
            cause ->
                cause instanceof Parked ? Future.succeededFuture() : Future.failedFuture(cause));
  }
}
