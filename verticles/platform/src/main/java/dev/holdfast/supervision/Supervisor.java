package dev.holdfast.supervision;

import dev.holdfast.kernel.Clock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
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
    this.clock = services.clock();
    this.reports = services.reports();
  }

  @Override
  public Future<?> start() {
    context.exceptionHandler(failure -> LOG.error("Uncaught exception in the supervisor", failure));
    long now = clock.nanoTime();
    OwnLoop loop = new OwnLoop(vertx, context);
    incidents = new Incidents(settings.node(), clock, loop, services, meters);
    RestartBudget budget = new RestartBudget(settings.restartsPerSecond(), now);
    Means means =
        new Means(
            loop, platform, settings, services, budget, incidents, tally, meters, this::publish);
    tree.groups().forEach(group -> plant(group, means));
    new HangWatch(inOrder, this::crashed, means).begin();
    long look = BeatWatch.lookEvery(settings.beat().toNanos());
    vertx.setPeriodic(
        Duration.ofNanos(look).toMillis(), id -> lines.forEach(Line::lookAtDependencies));
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

  private void plant(GroupSpec spec, Means means) {
    for (Line line : new Group(spec, means).lines()) {
      lines.add(line);
      inOrder.addAll(line.children());
      line.children().forEach(child -> children.put(child.id(), child));
      line.children().forEach(child -> lineOf.put(child.id(), line));
    }
  }

  private void crashed(Child child, Exit exit) {
    lineOf.get(child.id()).crashed(child, exit);
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
        crashed(child, exit);
      }
    }
    publish();
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
