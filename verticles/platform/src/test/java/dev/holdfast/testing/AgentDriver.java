package dev.holdfast.testing;

import dev.holdfast.agent.Agent;
import dev.holdfast.agent.AgentSteps;
import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Query;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes an agent's batches through real transactions as a lane does, without the lane: nothing is
 * recorded, told or timed, the decisions are handed back. For tests of rules and stores together.
 */
public final class AgentDriver<C extends Command<?>, W> {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Agent<C, W> agent;
  private final Database database;
  private final Clock clock = Clock.system();
  private final AtomicLong number = new AtomicLong();
  private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

  /**
   * @param agent need not be deployed
   * @param database of the agent's role
   */
  public AgentDriver(Agent<C, W> agent, Database database) {
    this.agent = agent;
    this.database = database;
  }

  /** Platform time of the batches from now on. */
  public void setNow(Instant now) {
    this.now = now;
  }

  public Instant now() {
    return now;
  }

  /** A command under a new id. */
  public Entry<C> entry(C command) {
    return new Entry<>(nextId(), command, now, null, null, null);
  }

  /** The undo of another command, with what is recorded of that one, or null. */
  public Entry<C> undo(CommandId forward, Outcome<?> recorded, C command) {
    return new Entry<>(nextId(), command, now, forward, recorded, null);
  }

  /** The same command again, with what the partner said. */
  public Entry<C> answered(Entry<C> first, Object answer) {
    return new Entry<>(first.id(), first.command(), now, null, null, answer);
  }

  private CommandId nextId() {
    return CommandId.ofHttp(
        1, "test", "command-" + number.incrementAndGet(), now.atZone(ZoneOffset.UTC).toLocalDate());
  }

  /** Runs a batch in one transaction, without waiting for it. */
  public Future<List<Decision>> start(List<Entry<C>> batch) {
    return startUntil(batch, Future.succeededFuture());
  }

  /** The same; its locks are held and its rows unseen until the given future has succeeded. */
  public Future<List<Decision>> startUntil(List<Entry<C>> batch, Future<Void> end) {
    return database.inTransaction(
        deadline(),
        tx ->
            AgentSteps.load(agent, tx, batch)
                .map(work -> decideAndSave(tx, work, batch))
                .compose(decisions -> end.map(decisions)));
  }

  private List<Decision> decideAndSave(Tx tx, W work, List<Entry<C>> batch) {
    List<Decision> decisions = new ArrayList<>();
    for (Entry<C> entry : batch) {
      decisions.add(AgentSteps.decide(agent, work, entry));
    }
    AgentSteps.save(agent, tx, work);
    return decisions;
  }

  /** Runs a batch in one transaction and waits until it is committed. */
  public List<Decision> run(List<Entry<C>> batch) {
    return await(start(batch));
  }

  /** Runs one command alone. */
  public Decision ask(C command) {
    return run(List.of(entry(command))).getFirst();
  }

  /** The outcome of one command alone. */
  public Outcome<?> outcome(C command) {
    return ask(command).outcome();
  }

  /** The reply of one command alone that is not refused. */
  public <R> R reply(Class<R> type, C command) {
    return type.cast(outcome(command).orThrow());
  }

  /** The code under which one command alone is refused. */
  public String refusal(C command) {
    return switch (outcome(command)) {
      case Outcome.Rejected<?> rejected -> rejected.why().code();
      case Outcome.Done<?> done -> throw new AssertionError("not refused: " + done.reply());
    };
  }

  /** Makes the call outside that a decision asked for, and waits for the partner's answer. */
  public Object call(Decision decision) {
    return await(AgentSteps.call(agent, decision.outside(), deadline()));
  }

  /** The agent's answer to a question. */
  public <R> R answer(Class<R> type, Query<R> query) {
    return type.cast(await(AgentSteps.answer(agent, query, deadline())));
  }

  private Deadline deadline() {
    return Deadline.in(PATIENCE, clock);
  }

  /** Waits for a future on the test's thread. */
  public static <T> T await(Future<T> future) {
    try {
      return future.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("nothing came within " + PATIENCE, late);
    }
  }
}
