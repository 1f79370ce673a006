package dev.holdfast.supervision;

import dev.holdfast.kernel.Clock;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of a child: a new instance on a context of its own, from its start to its end.
 *
 * <p>It stands between Vert.x and the instance, for four reasons. The instance is made on its own
 * context, so that its constructor can't hold up the supervisor. Beats and uncaught exceptions are
 * heard without the instance's help. A start or stop that never ends is ended here, because Vert.x
 * lets a deployment go only when it has ended. And answers come from the instance's context
 * straight to the supervisor's loop: Vert.x would hand them to the one loop that it remembers for
 * the supervisor's thread, and if that one hung, all children would seem to.
 */
final class Life implements Deployable {
  private static final Logger LOG = LoggerFactory.getLogger(Life.class);

  /** Uncaught exceptions of one life that are logged: a broken timer could fill a disk. */
  private static final int LOGGED_LIMIT = 10;

  private static final String VERTX = "io.vertx.";

  private enum Entry {
    ASKED,
    ENTERED,
    DROPPED
  }

  /** The loop that the new instance was given did not reach it, or was not to have it. */
  static final class StuckLoop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StuckLoop(String child) {
      super("the loop given to " + child + " is stuck", null, false, false);
    }
  }

  /** What {@link Supervisor#crash} throws. */
  static final class InducedCrash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InducedCrash(String child) {
      super("crash of " + child + " was asked for");
    }
  }

  private final ChildSpec spec;
  private final Vertx platform;
  private final OwnLoop loop;
  private final SupervisionSettings settings;
  private final CrashReports reports;
  private final Clock clock;
  private final Optional<Thread> shunned;
  private final AtomicReference<Entry> entry = new AtomicReference<>(Entry.ASKED);

  private final AtomicInteger exceptions = new AtomicInteger();

  /** End what Vert.x waits for: by the instance, or by the supervisor when its patience is over. */
  private final Promise<Void> started = Promise.promise();

  private final Promise<Void> stopped = Promise.promise();

  private volatile Context context;
  private volatile Optional<Thread> thread = Optional.empty();
  private volatile Handler<AsyncResult<Void>> startAnswer = answer -> {};
  private volatile long lastBeat;
  private volatile boolean leaving;
  private volatile Deployable instance;
  private boolean abandoned;

  /**
   * @param shunned a loop that the instance must not run on
   */
  Life(
      ChildSpec spec,
      Vertx platform,
      OwnLoop loop,
      SupervisionSettings settings,
      SupervisorServices services,
      Optional<Thread> shunned) {
    this.spec = spec;
    this.platform = platform;
    this.loop = loop;
    this.settings = settings;
    this.reports = services.reports();
    this.clock = services.clock();
    this.shunned = shunned;
  }

  /** Deploys the instance. Fails with {@link StuckLoop} when it is worth trying again at once. */
  Future<Void> start() {
    return loop.<Void>within(spec.startDeadline(), "start of " + spec.id(), this::askToDeploy)
        .onFailure(
            failure -> {
              leaving = true;
              boolean startedAtTheLastMoment =
                  !started.tryFail(failure) && started.future().succeeded();
              if (startedAtTheLastMoment) {
                stop();
              } else {
                cutOff();
              }
            });
  }

  private void askToDeploy(Handler<AsyncResult<Void>> answer) {
    startAnswer = answer;
    platform
        .deployVerticle(this, spec.options())
        .onFailure(failure -> answer.handle(Future.failedFuture(failure)));
    loop.vertx()
        .setTimer(
            settings.loopProbe().toMillis(),
            id -> {
              if (entry.compareAndSet(Entry.ASKED, Entry.DROPPED)) {
                answer.handle(Future.failedFuture(new StuckLoop(spec.id())));
              }
            });
  }

  /** Its loop is blocked: nothing is asked of it any more. */
  void abandon() {
    abandoned = true;
  }

  /** Where its code and that of its bases lies; empty before the instance was made. */
  List<String> homes() {
    Set<String> packages = new LinkedHashSet<>();
    Class<?> type = instance == null ? null : instance.getClass();
    while (type != null && type != Object.class && !type.getName().startsWith(VERTX)) {
      packages.add(type.getPackageName());
      type = type.getSuperclass();
    }
    return List.copyOf(packages);
  }

  /** Undeploys it. Fails with {@link OwnLoop.NotInTime} when it has to be left behind. */
  Future<Void> stop() {
    leaving = true;
    Future<Void> end =
        abandoned
            ? Future.failedFuture(new OwnLoop.NotInTime("stop of " + spec.id(), Duration.ZERO))
            : loop.within(spec.stopDeadline(), "stop of " + spec.id(), this::askToUndeploy);
    if (abandoned) {
      // When its loop goes on, if ever.
      askToUndeploy(late -> {});
    }
    return end.onFailure(
        failure -> {
          stopped.tryFail(failure);
          cutOff();
        });
  }

  private void askToUndeploy(Handler<AsyncResult<Void>> answer) {
    // From the instance's own context: any other would be a second loop that has to be well.
    context.runOnContext(there -> platform.undeploy(context.deploymentID()).onComplete(answer));
  }

  /**
   * Takes its consumers and timers away from outside. A blocked loop can't do that itself, and a
   * consumer that is left takes its share of the messages meant for the next life.
   */
  private void cutOff() {
    if (context != null) {
      ((ContextInternal) context).close();
    }
  }

  /** Asks for the child's proof once. */
  Future<Void> prove() {
    return loop.within(
        spec.proofDeadline(),
        "proof of " + spec.id(),
        answer ->
            context.runOnContext(
                there -> attempt(() -> spec.proof().get()).<Void>mapEmpty().onComplete(answer)));
  }

  /** Makes the instance's context throw. */
  void crash() {
    context.runOnContext(
        there -> {
          throw new InducedCrash(spec.id());
        });
  }

  /** When it last beat, in nanoseconds of the monotonic clock. */
  long lastBeat() {
    return lastBeat;
  }

  /** The loop that it runs on; empty before one has reached it. */
  Optional<Thread> thread() {
    return thread;
  }

  /** Its deployment id; empty before a loop has reached it. */
  String deployment() {
    return context == null ? "" : context.deploymentID();
  }

  @Override
  public Future<?> deploy(Context given) {
    context = given;
    thread = Optional.of(Thread.currentThread());
    boolean fits = shunned.isEmpty() || !thread.equals(shunned);
    if (!entry.compareAndSet(Entry.ASKED, fits ? Entry.ENTERED : Entry.DROPPED) || !fits) {
      return Future.failedFuture(new StuckLoop(spec.id()));
    }
    given.exceptionHandler(this::uncaught);
    beat();
    given.owner().setPeriodic(settings.beat().toMillis(), id -> beat());
    attempt(() -> begin(given))
        .onComplete(
            result -> {
              boolean inTime = OwnLoop.complete(started, result.mapEmpty());
              if (!inTime && result.succeeded()) {
                takeBack(given);
              }
            });
    // One task later Vert.x has added its own listener; it has to know of the deployment before the
    // supervisor may ask to undo it.
    given.runOnContext(there -> started.future().onComplete(startAnswer));
    return started.future();
  }

  @Override
  public Future<?> undeploy(Context given) {
    attempt(() -> instance.undeploy(given))
        .onComplete(result -> OwnLoop.complete(stopped, result.mapEmpty()));
    return stopped.future();
  }

  private Future<?> begin(Context given) throws Exception {
    instance = spec.start().get();
    return instance.deploy(given);
  }

  /** The start ended after everybody had given it up. */
  private void takeBack(Context given) {
    given.runOnContext(
        there ->
            attempt(() -> instance.undeploy(given))
                .onFailure(failure -> LOG.warn("{} could not be taken back", spec.id(), failure)));
  }

  private void beat() {
    lastBeat = clock.nanoTime();
  }

  private void uncaught(Throwable failure) {
    if (exceptions.incrementAndGet() <= LOGGED_LIMIT) {
      LOG.error("Uncaught exception in {}", spec.id(), failure);
    }
    if (!leaving) {
      reports.uncaught(spec.id(), failure, deployment());
    }
  }

  /** What a call answers, or what it throws: errors too, since they come from others' code. */
  private static Future<?> attempt(Callable<? extends Future<?>> call) {
    try {
      return call.call();
    } catch (Throwable failure) {
      return Future.failedFuture(failure);
    }
  }
}
