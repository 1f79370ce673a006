package dev.holdfast.agent;

import dev.holdfast.agent.Batch.Result;
import dev.holdfast.agent.Lane.Seat;
import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.bus.BusErrors;
import dev.holdfast.bus.QueryAsk;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.telemetry.AskMeters;
import dev.holdfast.telemetry.LaneMeters;
import dev.holdfast.telemetry.LaneMeters.CommandEnd;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What outlives an agent's instances: its name, its address on the bus, its lane and the questions
 * that wait for it. A restart of the agent pauses the lane; nobody who asks meanwhile is turned
 * away. Deployed once, before the first instance of its agent.
 */
public final class AgentHost extends VerticleBase {
  /** Questions that may wait for an agent that is starting. */
  public static final int WAITING_QUERIES_MAX = 1_024;

  /** More than there are loops. */
  private static final int LOOPS_TRIED = 256;

  private final String name;
  private final HostServices services;
  private final ReplyStore replies = new ReplyStore();
  private final HttpKeyStore keys = new HttpKeyStore();
  private final TimerStore timers = new TimerStore();
  private final LaneMeters meters;
  private final AskMeters asks;
  private final Parking parking;
  private final PartnerCalls calls;
  private final Questions questions = new Questions(this);
  private final LaneWidth width;
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile Context home;
  private volatile Lane lane;
  private volatile MessageConsumer<?> asked;
  private volatile Seat<?, ?> seat;

  /**
   * @param name the agent's name as in its protocol's, lower case
   */
  public AgentHost(String name, LaneSettings settings, HostServices services) {
    this.name = name;
    this.services = services;
    this.width = new LaneWidth(services.vertx(), settings);
    this.meters = services.meters().lane(name);
    this.asks = services.meters().asks(name);
    this.parking = new Parking(name, services);
    this.calls = new PartnerCalls(services.vertx(), services.clock(), services.meters(), name);
    services.hosts().add(this);
  }

  /** The agent's name, such as {@code inventory}. */
  public String name() {
    return name;
  }

  /** Whether an instance of the agent is there to answer. */
  public boolean isSeated() {
    return seat != null;
  }

  /** The events that the seated instance hears; empty when none is seated. */
  public List<Subscription<?>> subscriptions() {
    Seat<?, ?> at = seat;
    return at == null ? List.of() : at.agent().subscriptions();
  }

  /** Commands answered since the process started, refusals included. Any thread. */
  public long answered() {
    return answered.get();
  }

  /** Commands that failed since the process started: outages and parked ones. Any thread. */
  public long failures() {
    return failures.get();
  }

  /** A command was answered. Any thread. */
  void count(Answer<?> answer) {
    answered.incrementAndGet();
    meters.command(
        answer.outcome() instanceof Outcome.Done<?> ? CommandEnd.DONE : CommandEnd.REJECTED);
    if (answer.replayed()) {
      meters.repeated();
    } else {
      meters.recorded(1);
    }
  }

  void countFailure() {
    failures.incrementAndGet();
  }

  HostServices services() {
    return services;
  }

  ReplyStore replies() {
    return replies;
  }

  HttpKeyStore keys() {
    return keys;
  }

  TimerStore timers() {
    return timers;
  }

  LaneMeters meters() {
    return meters;
  }

  Parking parking() {
    return parking;
  }

  PartnerCalls calls() {
    return calls;
  }

  /** The instance that is there, or null. Any thread. */
  Seat<?, ?> seat() {
    return seat;
  }

  int batchRowsMax() {
    return width.configured().batchRowsMax();
  }

  /** Whether its lane has room for another command. Any thread, and a hint only. */
  boolean takesMore() {
    return lane.hasRoom();
  }

  /** Commands issued up to this day are never executed: their replies may be gone. */
  LocalDate oldestDay() {
    return services.clock().today().minusDays(width.configured().replyDaysKept());
  }

  /** Whether a command was issued so long ago that its reply may be gone. */
  boolean isTooOld(CommandId id) {
    return !id.issuedOn().isAfter(oldestDay());
  }

  /**
   * Takes over a command whose first pass was committed behind another lane's batch. Any thread.
   */
  void adopt(Seat<?, ?> at, Result.Outside outside) {
    home.runOnContext(turn -> lane.adopt(at, outside));
  }

  @Override
  public Future<?> start() {
    meters.waiting().from(this::waiting);
    home = context;
    lane = new Lane(this, width.usual(), context);
    return parking.open().compose(opened -> serve(lane));
  }

  /** On the lane's context: whoever asks from now on comes to it. */
  private Future<?> serve(Lane own) {
    asked = services.bus().serve(name, ask -> take(own, ask));
    return asked.completion();
  }

  private Future<?> take(Lane own, Object ask) {
    long begun = services.clock().nanoTime();
    return switch (ask) {
      case Ask<?> command -> measure(command, begun, own.offer(command));
      case QueryAsk<?> query -> measure(false, begun, questions.ask(query));
      default -> Future.failedFuture(new IllegalArgumentException("not asked: " + ask));
    };
  }

  /** Counts a command that was taken in, over the bus or behind another lane's batch. */
  <T> Future<T> measure(Ask<?> ask, long begun, Future<T> answered) {
    return measure(ask.passing() || ask.undoes() != null, begun, answered);
  }

  private <T> Future<T> measure(boolean passes, long begun, Future<T> answered) {
    asks.began(passes);
    return answered.onComplete(
        (answer, failure) -> asks.ended(AskEnds.of(failure), services.clock().nanoTime() - begun));
  }

  /**
   * Leaves a blocked event loop, when this host or its agent's instance is on it: another lane
   * takes over, on another loop. Whoever waits in the old one gets no answer from it and asks
   * again; what is under way there commits nothing any more, should the loop go on. Any other
   * thread.
   */
  public void leave(Thread blocked) {
    Seat<?, ?> at = seat;
    if (isOn(home, blocked) || (at != null && isOn(at.context(), blocked))) {
      Lane left = lane;
      left.fence();
      asked.unregister();
      if (at != null && isOn(at.context(), blocked)) {
        seat = null;
      }
      // At once, so that an instance that comes now comes to the new lane.
      Context next = elsewhere(blocked);
      lane = new Lane(this, width.usual(), next);
      home = next;
      next.runOnContext(
          turn -> {
            serve(lane);
            if (seat != null) {
              lane.resume(seat);
            }
          });
    }
  }

  private static boolean isOn(Context one, Thread loop) {
    return ((ContextInternal) one).nettyEventLoop().inEventLoop(loop);
  }

  private Context elsewhere(Thread blocked) {
    VertxInternal vertxes = (VertxInternal) services.vertx();
    Context next = vertxes.createEventLoopContext();
    for (int tries = 0; tries < LOOPS_TRIED && isOn(next, blocked); tries++) {
      next = vertxes.createEventLoopContext();
    }
    return next;
  }

  void onOwnContext(Runnable work) {
    home.runOnContext(turn -> work.run());
  }

  /** Called by an instance on its own context when it starts. */
  <C extends Command<?>, W> Future<?> attach(Agent<C, W> agent, Context agentContext) {
    Seat<C, W> taken = new Seat<>(agent, agentContext);
    return onHost(
        () -> {
          seat = taken;
          lane.resume(taken);
          questions.answerWaiting();
        });
  }

  /** Called by an instance on its own context when it stops. */
  Future<?> detach(Agent<?, ?> agent) {
    return onHost(
        () -> {
          lane.pause(agent);
          if (seat != null && seat.agent() == agent) {
            seat = null;
          }
        });
  }

  private Future<Void> onHost(Runnable action) {
    Promise<Void> done = Promise.promise();
    home.runOnContext(
        turn -> {
          action.run();
          done.complete();
        });
    return done.future();
  }

  /** Dead letters were closed, or another node's are now minded here: keys are read anew. */
  public void lettersChanged() {
    home.runOnContext(turn -> parking.open());
  }

  /** Other limits of its lane from the next batch on; those of its queue stay. Any thread. */
  public void limit(LaneSettings limits) {
    onOwnContext(() -> width.configure(limits, now -> lane.limit(now)));
  }

  /**
   * Lets the lane run more transactions at the same time than its configuration says. Any thread.
   *
   * @param more 0 for what the configuration says
   */
  public void widen(int more) {
    onOwnContext(() -> width.widen(more, now -> lane.limit(now)));
  }

  /** How many transactions its lane may run at the same time now. Any thread. */
  public int transactionsMax() {
    return width.usual().connectionsMax();
  }

  /** How many more it may run now. Any thread. */
  public int widened() {
    return width.more();
  }

  /**
   * Has the lane take one command at a time for a while, so that one that brings the agent down
   * stands alone; at its second time it goes to the dead letters. Any thread.
   */
  public void quarantine(Duration time) {
    onOwnContext(() -> width.beCareful(time, now -> lane.limit(now)));
  }

  /** Whether nothing waits and nothing is under way. Any thread, and a hint only. */
  public boolean isIdle() {
    Lane current = lane;
    return current == null || current.isIdle();
  }

  /** Reads anew what it only remembers: the keys under which dead letters lie. */
  public Future<?> refresh() {
    Promise<Object> done = Promise.promise();
    home.runOnContext(turn -> parking.open().onComplete(end -> Questions.complete(done, end)));
    return done.future();
  }

  /** Commands that wait in the lane; readable from every thread, and a hint only. */
  public int waiting() {
    Lane current = lane;
    return current == null ? 0 : current.waiting();
  }

  /**
   * Real work the way that commands go: a turn of the lane and a transaction on the agent's own
   * loop. Fails when no turn comes, or the database does not answer, by the deadline. Any thread.
   */
  public Future<Void> probe(Deadline deadline) {
    if (seat == null) {
      return Future.failedFuture(new Unavailable(BusErrors.AGENT_AWAY, name + " is not running"));
    }
    Promise<Void> done = Promise.promise();
    home.runOnContext(
        turn -> lane.canary(deadline).onSuccess(done::tryComplete).onFailure(done::tryFail));
    return done.future();
  }

  /**
   * Runs something on the event loop of the instance that is there now.
   *
   * @return false when none is there
   */
  public boolean onAgentsLoop(Runnable work) {
    Seat<?, ?> at = seat;
    if (at != null) {
      at.context().runOnContext(turn -> work.run());
    }
    return at != null;
  }
}
