package dev.holdfast.agent;

import dev.holdfast.agent.Batch.Poisoned;
import dev.holdfast.agent.Batch.Result;
import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.bus.ProtocolNames;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.Tx;
import dev.holdfast.telemetry.LaneMeters.CommandEnd;
import dev.holdfast.telemetry.LaneMeters.RerunCause;
import dev.holdfast.trace.Fact;
import dev.holdfast.trace.Part;
import dev.holdfast.trace.Span;
import dev.holdfast.trace.Work;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way by which an agent's state changes: what waits is taken in batches, each batch is one
 * transaction, the next begins when it is committed. A lone command never waits; a busy lane rests
 * between its batches, so that a flood shares its commits. Confined to the host's context; the
 * agent's code runs on the agent's.
 */
final class Lane {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private final AgentHost host;
  private final LaneQueue queue;
  private final Suspects suspects = new Suspects();
  private final Deque<Canary> canaries = new ArrayDeque<>();
  private final LanePace pace;
  private final Context context;
  private LaneSettings settings;
  private Seat<?, ?> seat;
  private int connections;
  private boolean pumping;
  private volatile boolean fenced;

  /** An instance of the agent, and the context that its code runs on. */
  record Seat<C extends Command<?>, W>(Agent<C, W> agent, Context context) {}

  private record Canary(Deadline deadline, Promise<Void> answer) {}

  Lane(AgentHost host, LaneSettings settings, Context context) {
    this.host = host;
    this.settings = settings;
    this.queue = new LaneQueue(settings.queueCommandsMax());
    this.pace = new LanePace(host.services().vertx(), settings);
    this.context = context;
  }

  /** Goes on with the given instance; what was under way goes on with the one it began with. */
  void resume(Seat<?, ?> taken) {
    seat = taken;
    pump();
  }

  /** Begins no further batch until it is resumed. */
  void pause(Agent<?, ?> agent) {
    if (seat != null && seat.agent() == agent) {
      seat = null;
      suspects.crashed();
    }
  }

  /** Another lane has taken over: this one begins and commits nothing more. Any thread. */
  void fence() {
    fenced = true;
  }

  /** Other limits from the next batch on; the queue's stays. */
  void limit(LaneSettings limits) {
    settings = limits;
    pumpSoon();
  }

  /**
   * A batch without commands: a turn of this lane, a transaction on the agent's own loop. It comes
   * before what waits. Fails with {@link IllegalStateException} when the turn does not come by the
   * deadline.
   */
  Future<Void> canary(Deadline deadline) {
    Promise<Void> answer = Promise.promise();
    Canary canary = new Canary(deadline, answer);
    canaries.add(canary);
    long left = Math.max(1, deadline.remainingMillis(host.services().clock()));
    long timer =
        host.services()
            .vertx()
            .setTimer(
                left,
                late -> {
                  canaries.remove(canary);
                  answer.tryFail(new IllegalStateException("no turn in the lane"));
                });
    pumpSoon();
    return answer.future().onComplete(done -> host.services().vertx().cancelTimer(timer));
  }

  private void sendCanaries() {
    while (seat != null && !canaries.isEmpty() && connections < settings.connectionsMax()) {
      Canary canary = canaries.poll();
      connections++;
      Seat<?, ?> at = seat;
      at.context()
          .runOnContext(
              turn ->
                  host.services()
                      .database()
                      .inTransaction(
                          canary.deadline(),
                          tx -> tx.execute("SELECT 1", Tuple.tuple()).<Void>mapEmpty())
                      .onComplete(end -> context.runOnContext(back -> canaryEnds(canary, end))));
    }
  }

  private void canaryEnds(Canary canary, AsyncResult<Void> end) {
    connections--;
    if (end.succeeded()) {
      canary.answer().tryComplete();
    } else {
      canary.answer().tryFail(end.cause());
    }
    pumpSoon();
  }

  /** Whether a command would be taken in. Any thread, and a hint only. */
  boolean hasRoom() {
    return queue.hasRoom();
  }

  /** Whether nothing waits and nothing is under way. Any thread, and a hint only. */
  boolean isIdle() {
    return queue.isEmpty();
  }

  /** Commands that wait. */
  int waiting() {
    return queue.waiting();
  }

  /** Takes a command in; the future has its answer. */
  Future<Answer<?>> offer(Ask<?> ask) {
    if (fenced) {
      return Future.failedFuture(left());
    }
    Pending command = new Pending(ask);
    // What a dead letter names is kept with it.
    if (!ask.passing() && host.isTooOld(ask.id())) {
      return Future.succeededFuture(
          new Answer<>(ask.id(), Outcome.rejected(Batch.keyExpired()), false));
    }
    if (!queue.offer(command)) {
      return Future.failedFuture(Unavailable.overloaded("the lane of " + host.name()));
    }
    pumpSoon();
    return command.answered();
  }

  /** Deferred by one turn of the loop, so that all that lies in it joins the batch. */
  private void pumpSoon() {
    if (!pumping) {
      pumping = true;
      context.runOnContext(turn -> pump());
    }
  }

  private void pump() {
    pumping = false;
    sendCanaries();
    if (!isFull() && pace.rests(this::pumpSoon)) {
      return;
    }
    while (seat != null && !fenced && mayBegin()) {
      List<Pending> batch =
          queue.take(settings.batchCommandsMax(), settings.batchRowsMax(), this::giveUp);
      if (batch.isEmpty()) {
        return;
      }
      connections++;
      suspects.begin(batch);
      takeOn(seat, batch)
          .onComplete(
              done -> {
                connections--;
                suspects.end();
                pumpSoon();
              });
    }
  }

  private Future<Void> takeOn(Seat<?, ?> at, List<Pending> batch) {
    return suspects.areGuilty(batch)
        ? park(batch, new IllegalStateException("under way alone at two crashes"))
        : execute(at, batch, 0);
  }

  private boolean isFull() {
    return queue.ready() >= settings.batchCommandsMax();
  }

  private boolean mayBegin() {
    int ready = queue.ready();
    return ready > 0 && (connections == 0 || (connections < settings.connectionsMax() && isFull()));
  }

  private boolean giveUp(Pending command) {
    boolean late = command.ask().deadline().passed(host.services().clock());
    if (late) {
      command.fail(Unavailable.deadlinePassed("the lane of " + host.name()));
    }
    return late;
  }

  /** Runs the batch until each of its commands is answered, parked, outside or failed. */
  private <C extends Command<?>, W> Future<Void> execute(
      Seat<C, W> at, List<Pending> commands, int reruns) {
    if (commands.isEmpty()) {
      return Future.succeededFuture();
    }
    if (fenced) {
      return failAll(commands, left());
    }
    List<Pending> parked = commands.stream().filter(host.parking()::standsBehind).toList();
    if (!parked.isEmpty()) {
      return park(parked, null).compose(done -> execute(at, without(commands, parked), reruns));
    }
    long begun = host.services().clock().nanoTime();
    Batch<C, W> batch = new Batch<>(host, at.agent(), commands, reruns > 0);
    boolean chained = settings.chained() && reruns == 0;
    Chain chain = new Chain(host, batch, chained);
    Duration limit = chained ? settings.chainDeadline() : settings.batchDeadline();
    Span span = span(commands);
    return transaction(at, batch, chain, limit, span)
        .transform(
            ended -> {
              span.end(ended.cause());
              if (ended.succeeded()) {
                return committed(at, chain, ended.result(), begun);
              }
              return chained && mayPassAlone(chain, ended.cause())
                  ? alone(at, commands, ended.cause())
                  : failed(at, commands, reruns, ended.cause());
            });
  }

  private static List<Pending> without(List<Pending> commands, List<Pending> some) {
    return commands.stream().filter(command -> !some.contains(command)).toList();
  }

  /** On the agent's context; its end comes back to the lane's. */
  private Future<List<Result>> transaction(
      Seat<?, ?> at, Batch<?, ?> batch, Chain chain, Duration limit, Span span) {
    Promise<List<Result>> ended = Promise.promise();
    Deadline deadline = Deadline.in(limit, host.services().clock());
    Work work = Work.of(host.name(), span, null);
    at.context()
        .runOnContext(
            turn ->
                work.call(
                        () ->
                            host.services()
                                .database()
                                .inTransaction(
                                    deadline, batch.merchants(), tx -> run(at, chain, tx)))
                    .onComplete(end -> context.runOnContext(back -> ended.handle(end))));
    return ended.future();
  }

  /**
   * Of a transaction: a part of the first command that is seen, and linked with the others, because
   * a span has one parent.
   */
  private Span span(List<Pending> commands) {
    Span span = Span.NONE;
    for (Pending command : commands) {
      if (command.span().isRecorded()) {
        if (span.isRecorded()) {
          span.link(command.span());
          command.span().link(span);
        } else {
          span =
              command
                  .span()
                  .child(Part.WORKS, "transaction " + host.name())
                  .with(Fact.AGENT, host.name())
                  .with(Fact.BATCH, commands.size());
        }
      }
    }
    return span;
  }

  private Future<List<Result>> run(Seat<?, ?> at, Chain chain, Tx tx) {
    Duration heldUp = host.services().disturbance().heldUp(host.name(), at.agent());
    Future<List<Result>> work =
        heldUp.isZero()
            ? chain.run(tx)
            : host.services()
                .vertx()
                .timer(withinTransaction(heldUp), TimeUnit.MILLISECONDS)
                .compose(late -> chain.run(tx));
    return work.compose(
            written -> fenced ? Future.failedFuture(left()) : Future.succeededFuture(written))
        .onSuccess(written -> host.services().points().before(host.name()));
  }

  /** Longer than it lasts is as good as for ever. */
  private long withinTransaction(Duration time) {
    return Math.min(time.toMillis(), 2 * settings.batchDeadline().toMillis());
  }

  private Unavailable left() {
    return new Unavailable(
        LaneErrors.LANE_LEFT, "the lane of " + host.name() + " left a blocked loop");
  }

  private Future<Void> committed(Seat<?, ?> at, Chain chain, List<Result> results, long begun) {
    long took = host.services().clock().nanoTime() - begun;
    host.meters().batch(results.size(), took);
    pace.committed(results.size(), took);
    host.services().points().after(host.name());
    chain.committed();
    for (Result result : results) {
      switch (result) {
        case Result.Answered answered -> answer(answered);
        case Result.Outside outside -> callOutside(at, outside);
      }
    }
    return Future.succeededFuture();
  }

  private void answer(Result.Answered answered) {
    host.count(answered.answer());
    suspects.clear(answered.command());
    answered.command().answer(answered.answer());
    release(answered.command());
  }

  private void fail(Pending command, Throwable cause) {
    host.countFailure();
    host.meters().command(cause instanceof Parked ? CommandEnd.PARKED : CommandEnd.UNAVAILABLE);
    command.fail(cause);
    release(command);
  }

  private void release(Pending command) {
    queue.release(command);
    pumpSoon();
  }

  /** Goes on with a command whose first pass was committed behind another lane's batch. */
  void adopt(Seat<?, ?> at, Result.Outside outside) {
    queue.hold(outside.command());
    callOutside(at, outside);
  }

  /** Beside the lane: other keys go on meanwhile, this one waits for the settling. */
  private void callOutside(Seat<?, ?> at, Result.Outside outside) {
    Pending command = outside.command();
    Promise<Object> called = Promise.promise();
    at.context()
        .runOnContext(
            turn ->
                host.calls()
                    .make(at.agent(), outside.request(), command)
                    .onComplete(end -> context.runOnContext(back -> called.handle(end))));
    called
        .future()
        .onSuccess(
            partnerAnswer -> {
              command.settleWith(partnerAnswer);
              queue.offerSettling(command);
              pumpSoon();
            })
        .onFailure(cause -> callFailed(command, cause));
  }

  private void callFailed(Pending command, Throwable cause) {
    if (cause instanceof Unavailable) {
      fail(command, cause);
    } else {
      park(List.of(command), cause);
    }
  }

  /** Whether what followed the batch, or the shorter time it had for that, may be to blame. */
  private static boolean mayPassAlone(Chain chain, Throwable cause) {
    return BatchFailure.isTimeout(cause) || (chain.hasLinks() && !BatchFailure.isOutage(cause));
  }

  /** Whoever broke it, the batch has its own end without what followed. */
  private <C extends Command<?>, W> Future<Void> alone(
      Seat<C, W> at, List<Pending> commands, Throwable cause) {
    LOG.debug("{} runs a batch again without what followed", host.name(), cause);
    host.meters().rerun(RerunCause.LINKED);
    return execute(at, commands, 1);
  }

  private <C extends Command<?>, W> Future<Void> failed(
      Seat<C, W> at, List<Pending> commands, int reruns, Throwable cause) {
    return switch (BatchFailure.of(cause)) {
      case OUTAGE -> failAll(commands, cause);
      case RERUN -> {
        host.meters().rerun(BatchFailure.rerunCause(cause));
        yield reruns < settings.rerunsMax()
            ? execute(at, commands, reruns + 1)
            : exhausted(at, commands, cause);
      }
      case BUG -> isolate(at, commands, cause);
    };
  }

  /** A unique violation that no rerun heals is a bug; anything else was an outage after all. */
  private <C extends Command<?>, W> Future<Void> exhausted(
      Seat<C, W> at, List<Pending> commands, Throwable cause) {
    return BatchFailure.isUniqueViolation(cause)
        ? isolate(at, commands, cause)
        : failAll(commands, BatchFailure.afterReruns(cause));
  }

  private Future<Void> failAll(List<Pending> commands, Throwable cause) {
    commands.forEach(command -> fail(command, BatchFailure.asOutage(cause)));
    return Future.succeededFuture();
  }

  /** Finds the culprit by halving, unless a decision named it; the others go on without it. */
  private <C extends Command<?>, W> Future<Void> isolate(
      Seat<C, W> at, List<Pending> commands, Throwable cause) {
    if (cause instanceof Poisoned poisoned) {
      return park(List.of(poisoned.command()), poisoned.getCause())
          .compose(done -> execute(at, without(commands, List.of(poisoned.command())), 1));
    }
    if (commands.size() == 1) {
      return park(commands, cause);
    }
    host.meters().rerun(RerunCause.BISECTED);
    int half = commands.size() / 2;
    return execute(at, commands.subList(0, half), 1)
        .compose(done -> execute(at, commands.subList(half, commands.size()), 1));
  }

  /**
   * Puts commands among the dead letters.
   *
   * @param cause what the first of them threw; null when they stand behind a parked one
   */
  private Future<Void> park(List<Pending> commands, Throwable cause) {
    if (cause != null) {
      report(commands.getFirst(), cause);
    }
    return host.parking()
        .park(commands, cause)
        .transform(
            parked -> {
              commands.forEach(command -> fail(command, told(command, parked)));
              return Future.succeededFuture();
            });
  }

  private void report(Pending culprit, Throwable cause) {
    Work.of(host.name(), culprit.span(), culprit.key())
        .run(
            () ->
                host.services()
                    .errors()
                    .report(
                        host.name(),
                        ProtocolNames.typeOf(culprit.command().getClass()),
                        culprit.ask().id().value().toString(),
                        cause));
  }

  private Throwable told(Pending command, AsyncResult<Set<UUID>> parked) {
    if (parked.failed()) {
      return BatchFailure.asOutage(parked.cause());
    }
    return parked.result().contains(command.ask().id().value())
        ? new Parked("it lies among the dead letters of " + host.name())
        : new Unavailable(
            LaneErrors.LETTER_CLOSED, "its letter was closed meanwhile: it has a reply");
  }
}
