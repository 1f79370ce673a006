package dev.holdfast.agent;

import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Query;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/**
 * What it is to be an agent. An agent owns tables, changes them in batches of commands, answers
 * queries, and hears events. All of it runs on event loops and never blocks: on the agent's own,
 * but for batches that follow another agent's in one transaction, which run on that one's.
 *
 * <p>A batch goes three ways through an agent: {@link #load} locks and reads what the batch may
 * change, {@link #decide} is asked once for each command, {@link #save} writes what changed. The
 * lane adds the replies, events, runs and timers, and commits everything together. After a failure
 * the same batch comes again from the beginning with fresh work, and two batches may be decided on
 * two loops at once, so an agent keeps nothing of a batch in fields.
 *
 * @param <C> the agent's commands, a sealed interface of its protocol
 * @param <W> the work: what was loaded for a batch, and what the decisions changed of it
 */
public abstract class Agent<C extends Command<?>, W> extends VerticleBase {
  private final AgentHost host;

  /** An instance for one life; a restart makes a new one on the same host. */
  protected Agent(AgentHost host) {
    this.host = host;
  }

  /**
   * Locks every row that the batch may change, ordered by key, in one statement a table and before
   * anything else, and reads what the decisions need. New rows need no lock: unique keys guard
   * them.
   *
   * @param tx statements may be sent one after another without waiting for each
   * @param batch the commands, in the order in which they will be decided
   */
  protected abstract Future<W> load(Tx tx, List<Entry<C>> batch);

  /**
   * Decides one command on the work as the commands before it left it, and changes the work if it
   * is not refused. Pure but for the work: no waiting, no statements, no clock. An exception from
   * here is a bug of this command alone: it is parked, the others of the batch go on without it.
   */
  protected abstract Decision decide(W work, Entry<C> entry);

  /**
   * Sends the statements that write what the decisions changed: set-based, in a fixed order of
   * tables, without waiting for their results.
   */
  protected abstract void save(Tx tx, W work);

  /**
   * Whether its decisions may ask for calls outside. What is recorded of its commands is then read
   * before they are decided, also of those asked for the first time: a forward command that comes
   * after its undo must not ask the partner, and no conflict of replies would hold it back.
   */
  protected boolean asksPartners() {
    return false;
  }

  /**
   * Makes the call outside that a decision asked for, with no transaction open. Fails with {@link
   * dev.holdfast.kernel.Unavailable} when the partner can't be asked; the command is then asked
   * again later, and its first pass finds the intent.
   *
   * @param request what {@link Decision#outside} was given
   * @param deadline after which the answer is of no use
   * @return what {@link Entry#answer} gives on the second pass
   */
  protected Future<?> call(Object request, Deadline deadline) {
    return Future.failedFuture(
        new IllegalStateException(host.name() + " asked for a call outside but makes none"));
  }

  /** Answers a question of its protocol from committed rows. */
  protected Future<?> answer(Query<?> query, Deadline deadline) {
    return Future.failedFuture(
        new IllegalArgumentException(
            host.name() + " answers no " + query.getClass().getSimpleName()));
  }

  /** The events of other agents that this agent hears. */
  protected List<Subscription<?>> subscriptions() {
    return List.of();
  }

  @Override
  public final Future<?> start() {
    return host.attach(this, context);
  }

  @Override
  public final Future<?> stop() {
    return host.detach(this);
  }
}
