package dev.holdfast.supervision;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.holdfast.kernel.Backoff;
import dev.holdfast.kernel.Clock;
import dev.holdfast.recovery.Ladder;
import dev.holdfast.recovery.Notice;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A platform, a supervisor in a Vert.x of its own, and scripted children. */
final class Stage {
  final Vertx platform = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
  final List<String> diary = new CopyOnWriteArrayList<>();
  final Map<String, Incident> written = new ConcurrentHashMap<>();
  final CrashReports reports;
  private final Vertx own = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Clock clock;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private String deployment;
  final Queue<Notice> notices = new ConcurrentLinkedQueue<>();
  final Queue<Incident> told = new ConcurrentLinkedQueue<>();
  volatile Optional<String> away = Optional.empty();
  Ladder ladder = Ladder.ofRestarts();
  final Meters meters = new Meters();
  LoopListener loops = LoopListener.NONE;
  Supervisor supervisor;
  SupervisionSettings settings = quick();
  Function<Incident, Future<?>> writer = this::store;

  Stage(Clock clock) {
    this.clock = clock;
    this.reports = new CrashReports(clock);
  }

  /** The shipped gates with a quick backoff and quick beats. */
  static SupervisionSettings quick() {
    return new SupervisionSettings(
        "test",
        new Backoff(Duration.ofMillis(1), Duration.ofMillis(20)),
        Duration.ofSeconds(5),
        1_000,
        Duration.ofMillis(200),
        3,
        Duration.ZERO,
        Duration.ofMillis(100),
        Duration.ofMillis(50),
        Duration.ofMillis(50),
        Duration.ofSeconds(1),
        true);
  }

  Script script(String child) {
    return scripts.computeIfAbsent(child, id -> new Script(id, diary));
  }

  /** A child that is proven by answering on the bus. */
  ChildSpec child(String id) {
    return ChildSpec.of(id, () -> script(id).act())
        .startWithin(Duration.ofSeconds(5))
        .stopWithin(Duration.ofMillis(500))
        .provenBy(() -> platform.eventBus().request(id, "well?"), Duration.ofSeconds(2));
  }

  GroupSpec alone(String id) {
    return GroupSpec.alone(child(id));
  }

  /** A group with the shipped intensity. */
  GroupSpec group(Strategy strategy, String... ids) {
    return new GroupSpec(
        "group", strategy, Intensity.SHIPPED, Stream.of(ids).map(this::child).toList());
  }

  /** Children that each are a group of their own; returns when all are proven. */
  void playWell(String... ids) throws Exception {
    play(Stream.of(ids).map(this::alone).toArray(GroupSpec[]::new));
    for (String id : ids) {
      awaitWell(id, 1);
    }
  }

  /** A child whose proof is scripted by the test. */
  void playProven(String id, Supplier<Future<?>> proof) throws Exception {
    play(GroupSpec.alone(child(id).provenBy(proof, Duration.ofMillis(500))));
    awaitWell(id, 1);
  }

  Stage play(GroupSpec... groups) throws Exception {
    supervisor =
        new Supervisor(
            platform,
            SupervisionTree.of(groups),
            settings,
            new SupervisorServices(
                clock,
                reports,
                incident -> writer.apply(incident),
                told::add,
                ladder,
                notices::add,
                child -> away,
                meters,
                loops));
    deployment = own.deployVerticle(supervisor).await(20, SECONDS);
    return this;
  }

  ChildState state(String child) {
    return supervisor.state().child(child).orElseThrow();
  }

  /** Waits until the child's so-many-th life is proven. */
  void awaitWell(String child, int life) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(2))
        .until(() -> script(child).lives.size() >= life && state(child).isWell());
  }

  void awaitPhase(String child, Phase phase) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(2))
        .until(() -> state(child).phase() == phase);
  }

  void crash(String child) throws Exception {
    supervisor.crash(child).await(5, SECONDS);
  }

  /** Blocks the loop to which the platform gives what the supervisor's thread asks of it. */
  void blockRememberedLoop(CountDownLatch free) throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    own.runOnContext(
        here ->
            platform
                .getOrCreateContext()
                .runOnContext(
                    there -> {
                      blocked.countDown();
                      Script.waitFor(free);
                    }));
    if (!blocked.await(10, SECONDS)) {
      throw new IllegalStateException("the loop was not reached");
    }
  }

  /** The number of the life that answers. */
  int ask(String child) throws Exception {
    return platform.eventBus().<Integer>request(child, "who?").await(5, SECONDS).body();
  }

  /** The event loop that a life runs on. */
  Thread loopOf(String child, int life) throws Exception {
    Promise<Thread> loop = Promise.promise();
    script(child).life(life).context().runOnContext(here -> loop.complete(Thread.currentThread()));
    return loop.future().await(5, SECONDS);
  }

  List<Incident> incidents(String child) {
    return supervisor.incidents().stream().filter(one -> one.child().equals(child)).toList();
  }

  void stop() throws Exception {
    own.undeploy(deployment).await(20, SECONDS);
    deployment = null;
  }

  private Future<?> store(Incident incident) {
    written.put(incident.id().toString(), incident);
    return Future.succeededFuture();
  }

  void close() throws Exception {
    if (deployment != null) {
      stop();
    }
    own.close().await(20, SECONDS);
    platform.close().await(20, SECONDS);
  }
}
