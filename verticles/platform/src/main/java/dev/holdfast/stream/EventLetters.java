package dev.holdfast.stream;

import dev.holdfast.deadletter.DeadLetter;
import dev.holdfast.deadletter.Replayer;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to the dead letters that are events, and leaves others to whoever knows them. */
public final class EventLetters implements Replayer {
  /** The code of an event whose agent hears none on this node. */
  static final String NO_CONSUMER = "no_consumer";

  private static final Logger LOG = LoggerFactory.getLogger(EventLetters.class);

  private final Replayer others;
  private final OutboxRelay relay;
  private final Supplier<List<EventConsumer>> consumers;

  /**
   * @param others what replays letters that are no events
   * @param consumers those that run now; the letter's agent tells which is meant
   */
  public EventLetters(Replayer others, OutboxRelay relay, Supplier<List<EventConsumer>> consumers) {
    this.others = others;
    this.relay = relay;
    this.consumers = consumers;
  }

  @Override
  public Future<Set<CommandId>> answered(List<DeadLetter> letters) {
    List<DeadLetter> rest = notEvents(letters);
    return rest.isEmpty() ? Future.succeededFuture(Set.of()) : others.answered(rest);
  }

  /** An event of the outbox is sent again once its letter is closed; others are handled again. */
  @Override
  public Future<? extends Outcome<?>> ask(DeadLetter letter, Deadline deadline) {
    if (!isEvent(letter)) {
      return others.ask(letter, deadline);
    }
    return isOutbox(letter)
        ? Future.succeededFuture(Outcome.done(letter.type()))
        : consumerOf(letter)
            .compose(consumer -> consumer.replay(letter))
            .recover(cause -> Future.failedFuture(again(letter, cause)))
            .map(done(letter));
  }

  /** An outage, or the event broke its handler again and stays where it is. */
  private static Throwable again(DeadLetter letter, Throwable cause) {
    if (cause instanceof Unavailable) {
      return cause;
    }
    LOG.warn("event {} breaks {} again", letter.origin(), letter.agent(), cause);
    return new Parked("it lies among the dead letters of " + letter.agent());
  }

  private static Outcome<String> done(DeadLetter letter) {
    return Outcome.done(letter.type());
  }

  private Future<EventConsumer> consumerOf(DeadLetter letter) {
    return consumers.get().stream()
        .filter(consumer -> consumer.agent().equals(letter.agent()))
        .findFirst()
        .map(Future::succeededFuture)
        .orElseGet(
            () ->
                Future.failedFuture(
                    new Unavailable(
                        NO_CONSUMER, letter.agent() + " hears no events on this node")));
  }

  /** A discarded event of the outbox is taken out of it; others leave nothing behind. */
  @Override
  public Future<Void> refuse(Tx tx, DeadLetter letter, Refusal why) {
    if (!isEvent(letter)) {
      return others.refuse(tx, letter, why);
    }
    return isOutbox(letter) ? relay.discard(tx, letter) : Future.succeededFuture();
  }

  @Override
  public void closed(Collection<DeadLetter> letters) {
    List<DeadLetter> rest = notEvents(letters);
    if (!rest.isEmpty()) {
      others.closed(rest);
    }
    if (letters.stream().anyMatch(EventLetters::isOutbox)) {
      relay.unparked();
    }
  }

  @Override
  public Contents contents(DeadLetter letter) {
    if (!isEvent(letter)) {
      return others.contents(letter);
    }
    return isOutbox(letter)
        ? new Contents(Map.of("event-id", letter.id().value().toString()), letter.body())
        : EventLetter.contents(letter);
  }

  /** An event is what its teller said. */
  @Override
  public Outcome<String> edited(DeadLetter letter, String payload) {
    return isEvent(letter)
        ? Outcome.rejected(
            Refusal.conflict("event_not_editable", "An event is what its teller said: discard it."))
        : others.edited(letter, payload);
  }

  private static List<DeadLetter> notEvents(Collection<DeadLetter> letters) {
    return letters.stream().filter(letter -> !isEvent(letter)).toList();
  }

  private static boolean isEvent(DeadLetter letter) {
    return letter.kind() == DeadLetter.Kind.EVENT;
  }

  private static boolean isOutbox(DeadLetter letter) {
    return letter.agent().equals(OutboxRelay.DEAD_LETTERS);
  }
}
