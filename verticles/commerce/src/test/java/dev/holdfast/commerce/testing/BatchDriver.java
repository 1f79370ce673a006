package dev.holdfast.commerce.testing;

import dev.holdfast.agent.Decision;
import dev.holdfast.agent.Entry;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.SqlState;
import dev.holdfast.postgres.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * Runs batches through an agent's load, decide and save in one transaction each, as a lane does,
 * but without replies. The three are handed over by a test of the agent's package, which may call
 * them.
 *
 * @param <C> the agent's commands
 * @param <W> its work
 */
public final class BatchDriver<C extends Command<?>, W> {
  /** Platform time of every batch. */
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static final AtomicLong NUMBER = new AtomicLong();
  private static final int RERUNS = 3;

  private final Database database;
  private final BiFunction<Tx, List<Entry<C>>, Future<W>> load;
  private final BiFunction<W, Entry<C>, Decision> decide;
  private final BiConsumer<Tx, W> save;

  public BatchDriver(
      Database database,
      BiFunction<Tx, List<Entry<C>>, Future<W>> load,
      BiFunction<W, Entry<C>, Decision> decide,
      BiConsumer<Tx, W> save) {
    this.database = database;
    this.load = load;
    this.decide = decide;
    this.save = save;
  }

  /** The command under a fresh id. */
  public Entry<C> entry(C command) {
    CommandId id =
        new CommandId(
            DerivedId.of("test", NUMBER.incrementAndGet()), LocalDate.parse("2026-03-01"));
    return new Entry<>(id, command, NOW, null, null, null);
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

  /** Starts a batch; reruns it when another one was quicker with a unique key. */
  public Future<List<Decision>> start(List<? extends C> commands) {
    List<Entry<C>> entries = new ArrayList<>();
    commands.forEach(command -> entries.add(entry(command)));
    return run(entries, RERUNS);
  }

  private Future<List<Decision>> run(List<Entry<C>> entries, int reruns) {
    return database
        .inTransaction(
            AgentDatabase.soon(),
            tx -> load.apply(tx, entries).map(work -> decideAll(tx, work, entries)))
        .recover(
            failure ->
                reruns > 0 && SqlState.isUniqueViolation(failure)
                    ? run(entries, reruns - 1)
                    : Future.failedFuture(failure));
  }

  private List<Decision> decideAll(Tx tx, W work, List<Entry<C>> entries) {
    List<Decision> decisions = new ArrayList<>();
    entries.forEach(entry -> decisions.add(decide.apply(work, entry)));
    save.accept(tx, work);
    return decisions;
  }
}
