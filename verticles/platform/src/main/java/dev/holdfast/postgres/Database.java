package dev.holdfast.postgres;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.telemetry.StatementMeters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One pool of connections to one database, under deadlines: when one passes, the connection is cut,
 * so that a server which answers nothing holds neither caller nor connection.
 *
 * <p>Called from any context; work and results are on the caller's. Everything but a refusal by
 * PostgreSQL itself ({@link io.vertx.pgclient.PgException}, see {@link SqlState}) and the work's
 * own failure is an {@link Unavailable}, with a code of {@link OutageCodes} or the kernel's.
 */
public final class Database {
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Clock clock;
  private final Connections connections;
  private final AcceptedStatements accepted = new AcceptedStatements();
  private final Set<Attempt<?>> running = ConcurrentHashMap.newKeySet();
  private final Promise<Void> drained = Promise.promise();
  private volatile boolean closed;

  private Database(Vertx vertx, PostgresSettings settings, Clock clock) {
    this.vertx = vertx;
    this.clock = clock;
    this.connections = new Connections(vertx, settings, clock);
  }

  /** Makes the pool; connections are opened when they are needed. */
  public static Database open(Vertx vertx, PostgresSettings settings, Clock clock) {
    return new Database(vertx, settings, clock);
  }

  /**
   * Runs work in one transaction (read committed). BEGIN travels with the first statement, COMMIT
   * behind the last one without waiting for answers, and it counts as committed only if all of them
   * succeeded.
   *
   * <p>When the result fails, nothing was committed, but for {@code commit_unknown}: COMMIT was
   * sent and its answer did not come. The locks are free when it fails with PostgreSQL's error or
   * the work's own; after an outage the server may hold them a little longer.
   *
   * @param deadline covers the waiting for a connection, the work and COMMIT
   * @param work sends statements through its {@link Tx} and may look at their answers; what it
   *     answers is the result. Waits for nothing outside the transaction
   */
  public <T> Future<T> inTransaction(Deadline deadline, Function<Tx, Future<T>> work) {
    return begin(deadline, null, work);
  }

  /**
   * The same, with the merchants whose rows it touches in {@code app.merchants} for row level
   * security, joined by commas, until the transaction ends. Costs no round trip.
   *
   * @param merchants their ids
   */
  public <T> Future<T> inTransaction(
      Deadline deadline, Collection<Integer> merchants, Function<Tx, Future<T>> work) {
    String joined = merchants.stream().map(String::valueOf).collect(Collectors.joining(","));
    return begin(deadline, joined, work);
  }

  private <T> Future<T> begin(Deadline deadline, String merchants, Function<Tx, Future<T>> work) {
    return start(
        deadline, new TransactionAttempt<>(this, vertx, connections, accepted, merchants, work));
  }

  /**
   * Runs one statement in a transaction of its own. When a statement that writes fails with {@code
   * connection_lost} or {@code deadline_passed}, it may have taken effect.
   *
   * @param sql a constant text with {@code $1 …} placeholders
   */
  public Future<RowSet<Row>> query(Deadline deadline, String sql, Tuple arguments) {
    return start(deadline, new StatementAttempt(this, vertx, connections, sql, arguments));
  }

  private <T> Future<T> start(Deadline deadline, Attempt<T> attempt) {
    long leftMs = deadline.remainingMillis(clock);
    if (leftMs == 0) {
      return Future.failedFuture(Unavailable.deadlinePassed(connections.name()));
    }
    running.add(attempt);
    if (closed) {
      finished(attempt);
      return Future.failedFuture(closedPool());
    }
    return attempt.start(leftMs);
  }

  void finished(Attempt<?> attempt) {
    running.remove(attempt);
    if (closed && running.isEmpty()) {
      drained.tryComplete();
    }
  }

  /**
   * The back ends that work for callers on this thread now; from any thread. When an event loop
   * hangs, its transactions keep their locks until their back ends are ended, see {@link
   * #endBackEnds}.
   */
  public List<Integer> backEndsOf(Thread loop) {
    return running.stream()
        .filter(attempt -> attempt.isOn(loop))
        .map(Attempt::backEnd)
        .filter(pid -> pid != 0)
        .toList();
  }

  /**
   * Ends back ends of the same role, of whatever pool, which frees their locks. For a pool whose
   * callers have a {@code Vertx} of their own: on the loop that hangs it would wait as well.
   *
   * @param pids as {@link #backEndsOf} of that pool gave them
   * @return how many were told to end
   */
  public Future<Integer> endBackEnds(Deadline deadline, Collection<Integer> pids) {
    return BackEndStore.end(this, deadline, pids);
  }

  /** From now on statements and failures are shown there; from any thread. */
  public void show(StatementMeters meters) {
    connections.watch().show(meters);
  }

  /** The pool at this moment; from any thread. */
  public PoolFigures figures() {
    return connections.figures();
  }

  /**
   * Takes no more work, gives what runs two seconds, cuts the rest and closes the connections.
   * Succeeds at the latest after three seconds, whatever the server does.
   */
  public Future<Void> close() {
    closed = true;
    if (running.isEmpty()) {
      drained.tryComplete();
    }
    return within(CLOSE_GRACE, drained.future())
        .eventually(this::cutTheRest)
        .eventually(() -> within(CLOSE_LIMIT, connections.close()))
        .otherwiseEmpty();
  }

  private Future<Void> cutTheRest() {
    running.forEach(attempt -> attempt.abort(closedPool()));
    return Future.succeededFuture();
  }

  private Future<Void> within(Duration limit, Future<Void> future) {
    Promise<Void> first = Promise.promise();
    long timer = vertx.setTimer(limit.toMillis(), id -> first.tryComplete());
    future.onComplete(
        done -> {
          vertx.cancelTimer(timer);
          first.tryComplete();
        });
    return first.future();
  }

  private Unavailable closedPool() {
    return new Unavailable(OutageCodes.CLOSED, connections.name() + " was closed");
  }
}
