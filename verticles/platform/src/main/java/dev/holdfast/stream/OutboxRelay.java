package dev.holdfast.stream;

import dev.holdfast.deadletter.DeadLetter;
import dev.holdfast.deadletter.DeadLetterStore;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.kernel.Backoff;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Tx;
import dev.holdfast.stream.OutboxOwnership.Owned;
import dev.holdfast.stream.SendAttempt.Sent;
import dev.holdfast.telemetry.OutboxMeters;
import dev.holdfast.telemetry.TimedOperation;
import dev.holdfast.trace.Traces;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the broker what the outbox holds, in rounds: take what this process has just committed, or
 * read what is there when that is not all of it ({@link Committed}); send it, wait for the
 * acknowledgements, keep how far it is told ({@link OutboxPosition}). One round at a time, so
 * nothing is sent twice while that is being kept; what could not be kept is kept before anything
 * else is read.
 *
 * <p>After a failure the next round begins with the first unsent row and a new producer, after a
 * growing wait. Nothing here ends the process or holds up its start. A node that is killed after an
 * acknowledgement that it has not kept leaves those rows to be told once more, under the same ids.
 */
public final class OutboxRelay {
  /** The agent under whose name events lie that the broker would never take. */
  public static final String DEAD_LETTERS = "outbox";

  private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);

  /** A round's limits. */
  private static final int ROWS_MAX = 1_000;

  private static final long BYTES_MAX = 8L * 1024 * 1024;

  /** Between two rounds, so that events of many commits share a round. */
  private static final int GATHER_MS = 30;

  /** After a full round: there is a backlog, and nothing to gather. */
  private static final int BACKLOG_GOES_ON_MS = 1;

  /** Behind the wake-ups, which may be lost with another process. */
  private static final int POLL_MS = 500;

  private static final int BACKLOG_MS = 5_000;
  private static final Duration QUERY_LIMIT = Duration.ofSeconds(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(3);
  private static final Backoff AGAIN = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(3));

  private final Vertx vertx;
  private final Clock clock;
  private final OutboxStore store;
  private final OutboxOwnership ownership;
  private final ErrorReports errors;
  private final ParkedAggregates parked;
  private final RelayProducer producer;
  private final Topics topics;
  private final RelayCounts counts;
  private final OutboxPurge purge;
  private final TimedOperation sends;
  private final Committed committed = new Committed();
  private final AtomicBoolean nudged = new AtomicBoolean();

  private volatile Context context;
  private long pollTimer;
  private long backlogTimer;
  private Promise<Void> roundOver;
  private boolean resting;
  private Optional<Owned> unkept = Optional.empty();
  private Set<String> leftOut = Set.of();
  private volatile boolean stopped;

  /**
   * @param ownership whether this node tells the outbox
   * @param topics made when they are missing
   * @param errors told of each round that failed
   * @param traces where the sending is seen
   */
  public OutboxRelay(
      Vertx vertx,
      Database database,
      KafkaSettings kafka,
      OutboxOwnership ownership,
      Topics topics,
      OutboxMeters meters,
      Clock clock,
      ErrorReports errors,
      Traces traces) {
    this.vertx = vertx;
    this.clock = clock;
    this.errors = errors;
    this.store = new OutboxStore(database);
    this.ownership = ownership;
    this.parked = new ParkedAggregates(new DeadLetterStore(database, meters::lettersParked), clock);
    this.producer = new RelayProducer(vertx, kafka, traces);
    this.topics = topics;
    this.counts = new RelayCounts(meters);
    this.sends = meters.sends(clock);
    this.purge = new OutboxPurge(vertx, store, clock);
  }

  /** Begins on the caller's context; waits neither for the broker nor for the database. */
  public Future<Void> start() {
    context = vertx.getOrCreateContext();
    context.runOnContext(
        go -> {
          topics.ensure();
          pollTimer = vertx.setPeriodic(POLL_MS, timer -> nudge());
          backlogTimer = vertx.setPeriodic(BACKLOG_MS, timer -> showBacklog());
          purge.start();
          nextRound();
        });
    return Future.succeededFuture();
  }

  /**
   * Something was committed. From any thread, as often as one likes, before the start as well;
   * never blocks.
   */
  public void nudge() {
    Context own = context;
    if (nudged.compareAndSet(false, true) && own != null) {
      own.runOnContext(go -> nextRound());
    }
  }

  /**
   * These events were committed, which is as good as {@link #nudge} and spares the relay reading
   * them. From any thread, never blocks.
   */
  public void committed(List<Unsent> events) {
    committed.give(events);
    nudge();
  }

  private void nextRound() {
    if (roundOver != null || resting || stopped) {
      return;
    }
    nudged.set(false);
    roundOver = Promise.promise();
    keep().compose(kept -> ownership.current()).compose(this::readIfOurs).onComplete(this::ended);
  }

  /** How many rows it found. */
  private Future<Integer> readIfOurs(Optional<Owned> owned) {
    if (owned.isEmpty()) {
      committed.clear();
      return Future.succeededFuture(0);
    }
    return parked.current().compose(now -> readAndTell(owned.get(), now));
  }

  /** What the last round left out is looked at again when other aggregates are parked. */
  private Future<Integer> readAndTell(Owned owned, Set<String> parkedNow) {
    OutboxPosition from =
        parkedNow.equals(leftOut) ? owned.position() : owned.position().reconsidered();
    return read(from)
        .compose(reading -> tell(new RelayRound(owned.owner(), from, reading, parkedNow)));
  }

  /** From the table only when what comes next is not known without it. */
  private Future<OutboxReading> read(OutboxPosition from) {
    List<Unsent> known = committed.next(from, rowsMax(), BYTES_MAX);
    return known.isEmpty()
        ? store.read(from, rowsMax(), BYTES_MAX, deadline())
        : Future.succeededFuture(OutboxReading.known(known));
  }

  /**
   * After a failure one row, until that goes through: the broker's refusal then names its row,
   * where it would be the refusal of a whole batch (which Kafka's producer splits and sends without
   * end when the topic takes less than its batches).
   */
  private int rowsMax() {
    return counts.failedInARow() == 0 ? ROWS_MAX : 1;
  }

  private Future<Integer> tell(RelayRound round) {
    List<Unsent> batch = round.toTell();
    return batch.isEmpty()
        ? keep(round, List.of()).map(round.found())
        : sends.timed(() -> producer.send(batch)).compose(sent -> settle(sent, round));
  }

  private Future<Integer> settle(Sent sent, RelayRound round) {
    counts.published(sent.acknowledged());
    return keep(round, sent.acknowledged())
        .compose(
            kept -> sent.failure() == null ? Future.succeededFuture(round.found()) : failed(sent));
  }

  private Future<Void> keep(RelayRound round, List<Unsent> acknowledged) {
    unkept = Optional.of(round.after(acknowledged));
    leftOut = round.leftOut();
    return keep();
  }

  /** Keeps how far the outbox is told, by this round or by one that could not keep it. */
  private Future<Void> keep() {
    return unkept
        .map(told -> ownership.keep(told, deadline()).onSuccess(done -> kept(told.position())))
        .orElseGet(Future::succeededFuture);
  }

  private void kept(OutboxPosition position) {
    unkept = Optional.empty();
    committed.forget(position);
  }

  private Future<Integer> failed(Sent sent) {
    counts.failedSend();
    topics.ensure();
    if (sent.failed() == null || !KafkaErrors.isUnsendable(sent.failure())) {
      return Future.failedFuture(sent.failure());
    }
    LOG.error("the broker will never take event {}", sent.failed().row().eventId(), sent.failure());
    return parked.park(sent.failed(), sent.failure()).map(sent.acknowledged().size());
  }

  private void ended(AsyncResult<Integer> result) {
    Promise<Void> over = roundOver;
    roundOver = null;
    if (result.failed()) {
      restAfter(result.cause());
    } else {
      noteSuccess();
      int found = result.result();
      rest(found < ROWS_MAX ? GATHER_MS : BACKLOG_GOES_ON_MS, found > 0);
    }
    over.complete();
  }

  private void restAfter(Throwable failure) {
    int failed = counts.failedRound();
    committed.clear();
    errors.report("relay", "round of the relay", failure);
    rest(Math.max(GATHER_MS, AGAIN.wait(failed).toMillis()), true);
  }

  private void noteSuccess() {
    int failed = counts.goodRound();
    if (failed > 0) {
      LOG.info("the relay goes on after {} failed rounds", failed);
    }
  }

  private void rest(long ms, boolean goOn) {
    resting = true;
    vertx.setTimer(
        ms,
        timer -> {
          resting = false;
          if (goOn || nudged.get()) {
            nextRound();
          }
        });
  }

  private void showBacklog() {
    backlog(deadline()).onSuccess(backlog -> counts.show(backlog, clock.now()));
  }

  /** What waits in the outbox, of all nodes; parked events included. */
  public Future<Backlog> backlog(Deadline deadline) {
    return store.backlog(deadline);
  }

  /** The relay at this moment; from any thread. */
  public RelayFigures figures() {
    return counts.figures(ownership.lastKnown(), parked.count());
  }

  /** A dead letter of {@link #DEAD_LETTERS} was closed; its aggregate goes on. From any thread. */
  public void unparked() {
    context.runOnContext(go -> parked.doubt());
    nudge();
  }

  /** Takes the event of a dead letter of {@link #DEAD_LETTERS} out, in the closing transaction. */
  public Future<Void> discard(Tx tx, DeadLetter letter) {
    return OutboxStore.giveUp(tx, letter.id().value());
  }

  private Deadline deadline() {
    return Deadline.in(QUERY_LIMIT, clock);
  }

  /** Ends the round in hand, or leaves it after three seconds, and closes the producer. */
  public Future<Void> stop() {
    Promise<Void> idle = Promise.promise();
    context.runOnContext(go -> stopRounds(idle));
    return idle.future()
        .timeout(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .otherwiseEmpty()
        .eventually(producer::close);
  }

  private void stopRounds(Promise<Void> idle) {
    stopped = true;
    vertx.cancelTimer(pollTimer);
    vertx.cancelTimer(backlogTimer);
    purge.stop();
    if (roundOver == null) {
      idle.complete();
    } else {
      roundOver.future().onComplete(idle);
    }
  }
}
