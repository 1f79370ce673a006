package dev.holdfast.commerce.testing;

import dev.holdfast.agent.Agent;
import dev.holdfast.agent.AgentSteps;
import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.agent.RunSignal;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Event;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.Database;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A lane taken apart: each pass of a command is a step of its own that a test orders as it likes,
 * with crashes between them. Replies are recorded as a lane does, undo included; their store is
 * memory, for they stand outside what is tested.
 */
public final class LaneModel<C extends Command<?>, W> {
  private final Agent<C, W> agent;
  private final Database database;
  private final Clock clock = Clock.system();
  private final Map<CommandId, Outcome<?>> replies = new ConcurrentHashMap<>();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<RunSignal> signals = new CopyOnWriteArrayList<>();

  public LaneModel(Agent<C, W> agent, Database database) {
    this.agent = agent;
    this.database = database;
  }

  /** A command with its id, and the id of the one that it undoes, or null. */
  public record Wish<C>(CommandId id, C command, CommandId undoes) {}

  /** What is recorded under an id. */
  public Optional<Outcome<?>> recorded(CommandId id) {
    return Optional.ofNullable(replies.get(id));
  }

  public List<Event> events() {
    return events;
  }

  public List<RunSignal> signals() {
    return signals;
  }

  /** One pass in one transaction; without an answer it is the first. */
  public Future<Decision> pass(Wish<C> wish, Object answer) {
    Outcome<?> known = replies.get(wish.id());
    if (known != null && answer == null) {
      return Future.succeededFuture(decided(known));
    }
    Entry<C> entry =
        new Entry<>(
            wish.id(),
            wish.command(),
            clock.now(),
            wish.undoes(),
            wish.undoes() == null ? null : replies.get(wish.undoes()),
            answer);
    return database
        .inTransaction(
            AgentDatabase.soon(),
            tx ->
                AgentSteps.load(agent, tx, List.of(entry))
                    .map(
                        work -> {
                          Decision decision = AgentSteps.decide(agent, work, entry);
                          AgentSteps.save(agent, tx, work);
                          return decision;
                        }))
        .map(decision -> record(wish, decision));
  }

  private static Decision decided(Outcome<?> known) {
    return switch (known) {
      case Outcome.Done<?> done -> Decision.done(done.reply());
      case Outcome.Rejected<?> rejected -> Decision.rejected(rejected.why());
    };
  }

  private Decision record(Wish<C> wish, Decision decision) {
    events.addAll(decision.events());
    signals.addAll(decision.signals());
    if (decision.outcome() != null) {
      replies.putIfAbsent(wish.id(), decision.outcome());
      if (wish.undoes() != null) {
        replies.putIfAbsent(wish.undoes(), Outcome.rejected(Refusal.voided()));
      }
    }
    return decision;
  }

  /** The call outside that a pass asked for. */
  public Future<?> call(Decision decision, Duration time) {
    return AgentSteps.call(agent, decision.outside(), Deadline.in(time, clock));
  }

  /** All passes of one ask; fails when the partner does not answer in time. */
  public Future<Outcome<?>> ask(Wish<C> wish, Duration time) {
    return pass(wish, null).compose(decision -> goOn(wish, decision, Deadline.in(time, clock)));
  }

  private Future<Outcome<?>> goOn(Wish<C> wish, Decision decision, Deadline deadline) {
    if (decision.outcome() != null) {
      return Future.succeededFuture(replies.get(wish.id()));
    }
    return AgentSteps.call(agent, decision.outside(), deadline)
        .compose(answer -> pass(wish, answer))
        .compose(next -> goOn(wish, next, deadline));
  }

  /** Asks until there is an outcome, as a runner does. */
  public Outcome<?> askUntilAnswered(Wish<C> wish, Duration time) {
    for (int tries = 0; tries < 100; tries++) {
      Future<Outcome<?>> asked = ask(wish, time);
      try {
        return AgentDatabase.await(asked);
      } catch (Unavailable again) {
        // The next ask finds out.
      }
    }
    throw new AssertionError("no outcome of " + wish);
  }
}
