package dev.holdfast.commerce.testing;

import dev.holdfast.agent.Agent;
import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.SqlState;
import dev.holdfast.testing.AgentDriver;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * An {@link AgentDriver} that also runs a batch again when another one was quicker with a unique
 * key, as a lane does.
 *
 * @param <C> the agent's commands
 * @param <W> its work
 */
public final class BatchDriver<C extends Command<?>, W> {
  private static final int RERUNS = 3;

  private final AgentDriver<C, W> driver;

  /**
   * @param agent need not be deployed
   * @param database of the agent's role
   */
  public BatchDriver(Agent<C, W> agent, Database database) {
    this.driver = new AgentDriver<>(agent, database);
  }

  /** The command under a fresh id. */
  public Entry<C> entry(C command) {
    return driver.entry(command);
  }

  /** Decides one command in a batch of its own. */
  public Decision decide(C command) {
    return batch(List.of(command)).getFirst();
  }

  /** The reply to a command that must be done. */
  public <R> R done(C command, Class<R> reply) {
    return reply.cast(decide(command).outcome().orThrow());
  }

  /** Why a command that must be refused is refused. */
  public Refusal refused(C command) {
    return refusal(decide(command));
  }

  /** Why a decision that must be a refusal is one. */
  public static Refusal refusal(Decision decision) {
    if (decision.outcome() instanceof Outcome.Rejected<?> rejected) {
      return rejected.why();
    }
    throw new AssertionError("not refused but " + decision.outcome());
  }

  /** Decides the commands in one batch. */
  public List<Decision> batch(List<? extends C> commands) {
    return AgentDatabase.await(start(commands));
  }

  /** Starts a batch. */
  public Future<List<Decision>> start(List<? extends C> commands) {
    List<Entry<C>> entries = new ArrayList<>();
    commands.forEach(command -> entries.add(entry(command)));
    return run(entries, RERUNS);
  }

  private Future<List<Decision>> run(List<Entry<C>> entries, int reruns) {
    return driver
        .start(entries)
        .recover(
            failure ->
                reruns > 0 && SqlState.isUniqueViolation(failure)
                    ? run(entries, reruns - 1)
                    : Future.failedFuture(failure));
  }
}
