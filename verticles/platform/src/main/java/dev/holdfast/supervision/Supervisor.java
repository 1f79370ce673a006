package dev.holdfast.supervision;

import dev.holdfast.kernel.Clock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a tree of children alive in the platform's {@code Vertx}. Deploy it into a small {@code
 * Vertx} of its own with one event loop: then no child can blind it.
 *
 * <p>Its deployment completes when every child runs or has to wait; its undeployment when every
 * child has stopped or was left behind. All methods may be called from any thread.
 */
public final class Supervisor extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration FLUSH_WITHIN = Duration.ofSeconds(2);

  private final Vertx platform;
  private final SupervisionTree tree;
  private final SupervisionSettings settings;
  private final SupervisorServices services;
  private final Clock clock;
  private final CrashReports reports;

  private final List<Line> lines = new ArrayList<>();
  private final Map<String, Child> children = new HashMap<>();
  private final Map<String, Line> lineOf = new HashMap<>();
  private final List<Child> inOrder = new ArrayList<>();
  private final Tally tally = new Tally();
  private final TreeMeters meters;
  private Incidents incidents;
  private BeatWatch beats;
  private final ProgressWatch progress;

  private volatile TreeState state = new TreeState(List.of(), 0, 0, 0, 0, 0, 0, 0);
  private volatile List<Incident> known = List.of();
  private volatile IncidentSummary summary = new IncidentTotals().summary(0);

  /**
   * @param platform where the children are deployed; another one than this verticle's own
   */
  public Supervisor(
      Vertx platform,
      SupervisionTree tree,
      SupervisionSettings settings,
      SupervisorServices services) {
    this.platform = platform;
    this.tree = tree;
    this.settings = settings;
    this.services = services;
    this.meters = new TreeMeters(services.meters());
    this.progress = new ProgressWatch(settings.progressWithin().toNanos());
    this.clock = services.clock();
    this.reports = services.reports();
  }

  @Override
  public Future<?> start() {
    context.exceptionHandler(failure -> LOG.error("Uncaught exception in the supervisor", failure));
    long now = clock.nanoTime();
    OwnLoop loop = new OwnLoop(vertx, context);
    incidents = new Incidents(settings.node(), clock, loop, services.incidentWriter(), meters);
    RestartBudget budget = new RestartBudget(settings.restartsPerSecond(), now);
    Means means =
        new Means(
            loop, platform, settings, services, budget, incidents, tally, meters, this::publish);
    tree.groups().forEach(group -> plant(group, means));
    beats =
        new BeatWatch(
            settings.beat().toNanos(), settings.missedBeats(), settings.warmUp().toNanos(), now);
    vertx.setPeriodic(
        Duration.ofNanos(BeatWatch.lookEvery(settings.beat().toNanos())).toMillis(),
        id -> {
          lines.forEach(Line::lookAtDependencies);
          lookAtBeats();
        });
    LoopWatch watch = new LoopWatch(platform, now, settings.warmUp());
    vertx.setPeriodic(LoopWatch.EVERY.toMillis(), id -> lookAtLoops(watch));
    vertx.setPeriodic(settings.healthCheck().toMillis(), id -> lines.forEach(Line::check));
    reports.listen(() -> context.runOnContext(here -> hear()));
    publish();
    return lines.stream()
        .reduce(
            Future.<Void>succeededFuture(),
            (before, line) -> before.compose(done -> line.open()),
            (one, other) -> other);
  }

  @Override
  public Future<?> stop() {
    reports.listen(() -> {});
    return lines.reversed().stream()
        .reduce(
            Future.<Void>succeededFuture(),
            (before, line) -> before.compose(done -> line.close()),
            (one, other) -> other)
        .eventually(() -> incidents.flush(FLUSH_WITHIN))
        .onComplete(done -> publish());
  }

  /** What is known of all children now; empty before the start. */
  public TreeState state() {
    return state;
  }

  /** What the incidents since the start come to. */
  public IncidentSummary summary() {
    return summary;
  }

  /** The open incidents and the last hundred that ended, oldest first. */
  public List<Incident> incidents() {
    return known;
  }

  /**
   * Starts a child anew because a person wants it.
   *
   * @param reason one line for the record
   * @return completes when it was ordered; fails with {@link IllegalArgumentException} for an
   *     unknown child, with {@link IllegalStateException} for a parked one
   */
  public Future<Void> restart(String child, String reason) {
    return order(
        child,
        (line, known) -> {
          if (known.isParked()) {
            throw new IllegalStateException(child + " is parked; unpark it");
          }
          LOG.info("{} is restarted by hand: {}", child, reason);
          line.restart(known, reason);
        });
  }

  /**
   * Makes a running child throw on its own context, as a bug would.
   *
   * @return completes when it was told; fails with {@link IllegalStateException} when this profile
   *     does not allow it or the child does not run
   */
  public Future<Void> crash(String child) {
    return order(
        child,
        (line, known) -> {
          if (!settings.crashAllowed()) {
            throw new IllegalStateException("crashing an agent is not allowed in this profile");
          }
          known
              .life()
              .filter(life -> known.phase() == Phase.RUNNING)
              .orElseThrow(() -> new IllegalStateException(child + " does not run"))
              .crash();
        });
  }

  /**
   * Lets a parked child start again, with its group's crashes forgotten.
   *
   * @return completes when it was ordered; fails with {@link IllegalStateException} when it is not
   *     parked
   */
  public Future<Void> unpark(String child) {
    return order(
        child,
        (line, known) -> {
          if (!known.isParked()) {
            throw new IllegalStateException(child + " is not parked");
          }
          LOG.info("{} is unparked by hand", child);
          line.unpark(known);
        });
  }

  private void plant(GroupSpec group, Means means) {
    Falls falls = new Falls(new RestartIntensity(group.intensity()), means);
    boolean together = group.strategy() == Strategy.ONE_FOR_ALL;
    for (List<ChildSpec> specs : group.strategy().lines(group.children())) {
      List<Child> members = new ArrayList<>();
      for (ChildSpec spec : specs) {
        members.add(new Child(spec, group.name(), members.size(), clock));
      }
      Line line = new Line(List.copyOf(members), falls, together, means);
      lines.add(line);
      inOrder.addAll(members);
      members.forEach(child -> children.put(child.id(), child));
      members.forEach(child -> lineOf.put(child.id(), line));
    }
  }

  private Future<Void> order(String id, BiConsumer<Line, Child> act) {
    Promise<Void> ordered = Promise.promise();
    if (context == null) {
      return Future.failedFuture(new IllegalStateException("the supervisor was not started"));
    }
    context.runOnContext(
        here -> {
          try {
            Child child =
                Optional.ofNullable(children.get(id))
                    .orElseThrow(() -> new IllegalArgumentException("no child has the id " + id));
            if (lineOf.get(id).isClosing()) {
              throw new IllegalStateException("the supervisor is stopping");
            }
            act.accept(lineOf.get(id), child);
            ordered.complete();
          } catch (RuntimeException refused) {
            ordered.fail(refused);
          }
        });
    return ordered.future();
  }

  private void hear() {
    for (CrashReports.Report report : reports.take()) {
      Child child = children.get(report.child());
      if (child == null) {
        LOG.warn("a crash of {} was told, and no child has that id", report.child());
      } else if (Outages.caused(report.failure())) {
        tally.outages++;
      } else if (report.deployment().filter(child::hadDeployment).isEmpty()) {
        Exit exit = Exit.of(report.signal(), report.failure(), report.at());
        lineOf.get(child.id()).crashed(child, exit);
      }
    }
    publish();
  }

  private void lookAtBeats() {
    long now = clock.nanoTime();
    Map<String, Long> last = new HashMap<>();
    for (Child child : inOrder) {
      if (child.phase() == Phase.RUNNING) {
        child.life().ifPresent(life -> last.put(child.id(), life.lastBeat()));
      }
    }
    BeatWatch.Verdict verdict = beats.look(now, last);
    if (verdict.pause()) {
      tally.pauses++;
      progress.forget();
    }
    lookAtProgress(now);
    for (String id : verdict.silent()) {
      Duration silence = Duration.ofNanos(now - last.get(id));
      Instant lastBeat = clock.now().minus(silence);
      String detail = "no beat for " + silence.toMillis() + " ms";
      Child child = children.get(id);
      child.life().flatMap(Life::thread).ifPresent(loop -> services.loops().blocked(loop, silence));
      child.flee();
      lineOf.get(id).crashed(children.get(id), new Exit(Signal.MISSED_BEATS, detail, lastBeat));
    }
    publish();
  }

  private void lookAtLoops(LoopWatch watch) {
    List<String> homes =
        inOrder.stream()
            .flatMap(child -> child.life().flatMap(Life::home).stream())
            .distinct()
            .toList();
    long now = clock.nanoTime();
    for (LoopWatch.Blocked blocked : watch.look(now, homes)) {
      leave(blocked);
    }
    if (watch.isHopeless(now)) {
      services.loops().hopeless();
    }
  }

  /** All that run on a blocked loop are started anew on others. */
  private void leave(LoopWatch.Blocked blocked) {
    String detail =
        "%s blocked for %d ms in %s"
            .formatted(blocked.thread().getName(), blocked.silence().toMillis(), blocked.place());
    LOG.error("{}", detail);
    services.loops().blocked(blocked.thread(), blocked.silence());
    Exit exit = new Exit(Signal.LOOP_BLOCKED, detail, clock.now().minus(blocked.silence()));
    for (Child child : inOrder) {
      if (child.life().flatMap(Life::thread).filter(blocked.thread()::equals).isPresent()) {
        child.flee();
        lineOf.get(child.id()).crashed(child, exit);
      }
    }
    publish();
  }

  private void lookAtProgress(long now) {
    Map<String, Progress> running = new HashMap<>();
    inOrder.stream()
        .filter(child -> child.phase() == Phase.RUNNING && child.isProven())
        .forEach(child -> running.put(child.id(), child.spec().progress().get()));
    for (String id :
        progress.look(now, running, child -> services.away().apply(child).isPresent())) {
      String detail =
          running.get(id).waiting()
              + " wait and none was done for "
              + settings.progressWithin().toSeconds()
              + " s";
      lineOf.get(id).crashed(children.get(id), new Exit(Signal.NO_PROGRESS, detail, clock.now()));
    }
  }

  private void publish() {
    known = incidents.known();
    summary = incidents.summary();
    state =
        new TreeState(
            inOrder.stream().map(Child::state).toList(),
            tally.orphans,
            tally.droppedStarts,
            tally.pauses,
            tally.outages,
            reports.dropped(),
            incidents.unwritten(),
            incidents.dropped());
    state.children().forEach(meters::shows);
  }
}
