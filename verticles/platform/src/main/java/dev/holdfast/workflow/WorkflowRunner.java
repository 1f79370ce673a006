package dev.holdfast.workflow;

import dev.holdfast.agent.RunSignal;
import dev.holdfast.agent.RunStart;
import dev.holdfast.agent.Runs;
import dev.holdfast.bus.Ask;
import dev.holdfast.bus.Continuation;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Tx;
import dev.holdfast.telemetry.RunMeters;
import dev.holdfast.trace.Span;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks the runs of this node. New runs and signals come as hints after their commit; what a hint
 * did not tell is found by slow looks at the rows.
 */
public final class WorkflowRunner extends VerticleBase implements Runs {
  private static final Logger LOG = LoggerFactory.getLogger(WorkflowRunner.class);

  private record Hint(List<Started> started, List<RunSignal> signals) {}

  private final RunnerServices services;
  private final RunnerSettings settings;
  private final Milestones milestones;
  private final Definitions definitions;
  private final StepAsks asks;
  private final Map<String, RunMeters> meters = new HashMap<>();
  private final RunStore store = new RunStore();
  private final RunChanges changes;
  private final Map<UUID, RunExecution<?>> running = new HashMap<>();
  private final ConcurrentLinkedQueue<Hint> hints = new ConcurrentLinkedQueue<>();
  private boolean looking;
  private volatile boolean ready;
  private final Map<String, LongAdder> open = new HashMap<>();

  /**
   * @param workflows all definitions, with every version that runs may be pinned to
   */
  public WorkflowRunner(
      RunnerServices services,
      RunnerSettings settings,
      Milestones milestones,
      Collection<Workflow<?>> workflows) {
    this.services = services;
    this.settings = settings;
    this.milestones = milestones;
    this.changes = new RunChanges(services, settings, store);
    this.definitions = new Definitions(workflows);
    this.asks = new StepAsks(services, settings);
    definitions.names().forEach(name -> meters.put(name, metersOf(name)));
  }

  private RunMeters metersOf(String workflow) {
    RunMeters runs = services.meters().runs(workflow);
    LongAdder walked = new LongAdder();
    open.put(workflow, walked);
    runs.open().from(walked::sum);
    return runs;
  }

  /** Runs that this node walks or that wait here. */
  public int open() {
    return open.values().stream().mapToInt(LongAdder::intValue).sum();
  }

  /** The names of all definitions. */
  public Set<String> workflows() {
    return Set.copyOf(definitions.names());
  }

  @Override
  public Future<?> start() {
    return takeOver(Set.of(services.node()))
        .onSuccess(
            taken -> {
              ready = true;
              drainHints();
              services.vertx().setPeriodic(settings.poll().toMillis(), poll -> poll());
              services.vertx().setPeriodic(settings.strayAfter().toMillis(), look -> takeStrays());
            });
  }

  /**
   * Takes the open runs of nodes that are gone and fenced off, or of this node's former life. When
   * it fails, what was taken nevertheless is found by the look for strays.
   */
  public Future<Void> takeOver(Set<String> nodes) {
    return store
        .take(services.database(), deadline(), services.node(), fence(), nodes)
        .compose(this::goOn);
  }

  /** Those of the nodes that own open runs. */
  Future<Set<String>> owners(Set<String> nodes) {
    return store.owners(services.database(), deadline(), nodes);
  }

  /**
   * Takes up open runs of this node that nobody walks: the hint of their start was lost with the
   * answer to a COMMIT, or the answer when they were taken or resumed.
   */
  private void takeStrays() {
    if (looking) {
      return;
    }
    looking = true;
    Instant since = services.clock().now().minus(settings.strayAfter());
    store
        .strays(
            services.database(), deadline(), services.node(), since, List.copyOf(running.keySet()))
        .compose(this::takeStrays)
        .onFailure(cause -> LOG.debug("stray runs could not be looked for: {}", cause.toString()))
        .onComplete(done -> looking = false);
  }

  private Future<Void> takeStrays(Set<UUID> found) {
    Set<UUID> strays = new HashSet<>(found);
    strays.removeAll(running.keySet());
    return strays.isEmpty()
        ? Future.succeededFuture()
        : store
            .takeStrays(services.database(), deadline(), services.node(), fence(), strays)
            .compose(this::goOn);
  }

  private Future<Void> goOn(List<RunRow> rows) {
    if (rows.isEmpty()) {
      return Future.succeededFuture();
    }
    Promise<Void> resumed = Promise.promise();
    store
        .signals(services.database(), deadline(), rows.stream().map(RunRow::runId).toList())
        .onFailure(resumed::fail)
        .onSuccess(
            told ->
                context.runOnContext(
                    turn -> {
                      resumeAll(rows, told);
                      resumed.complete();
                    }));
    return resumed.future();
  }

  /** Runs that are walked already, because a hint was quicker, are left alone. */
  private void resumeAll(List<RunRow> taken, List<RunStore.Told> told) {
    List<RunRow> rows = taken.stream().filter(row -> !running.containsKey(row.runId())).toList();
    if (!rows.isEmpty()) {
      LOG.info("resuming {} runs", rows.size());
    }
    rows.forEach(row -> walk(execution(row)));
    told.forEach(this::tell);
    rows.forEach(row -> running.get(row.runId()).begin());
  }

  /**
   * Sets a run going again that waits for a person: what was refused is asked anew, as another
   * command.
   *
   * @param forward whether it goes on forward or turns back; one that was turning back goes on back
   * @return whether there was such a run
   */
  public Future<Boolean> resume(UUID run, boolean forward) {
    RunStatus as = forward ? RunStatus.RUNNING : RunStatus.TURNING_BACK;
    return store
        .resume(services.database(), deadline(), services.node(), fence(), run, as)
        .compose(rows -> goOn(rows).map(done -> !rows.isEmpty()));
  }

  /**
   * Sets a run that needs a person turning back, in a transaction of somebody else; {@link
   * #lookAround} once that is committed.
   */
  Future<Boolean> turnBack(Tx tx, UUID run) {
    return store.resume(tx, services.node(), fence(), run, RunStatus.TURNING_BACK);
  }

  /** Takes up this node's open runs that nobody walks, without waiting for the next look. */
  void lookAround() {
    context.runOnContext(turn -> takeStrays());
  }

  @Override
  public void insert(Tx tx, List<RunStart> starts, Instant now, LocalDate on) {
    if (starts.isEmpty()) {
      return;
    }
    List<RunStore.NewRun> runs = starts.stream().map(definitions::newRun).toList();
    store.insert(tx, runs, services.node(), fence(), now, on);
  }

  @Override
  public Optional<Ask<?>> firstAsk(RunStart start, LocalDate on) {
    return firstSight(definitions.of(start), start, on).next();
  }

  private <I> Foresight<I> firstSight(Workflow<I> workflow, RunStart start, LocalDate on) {
    RunState<I> state =
        new RunState<>(
            start.runId(),
            start.merchant(),
            workflow.input().cast(start.input()),
            Memory.of(RunRow.NOTHING),
            start.trace());
    return foresight(workflow, state, 0, on);
  }

  <I> Foresight<I> foresight(Workflow<I> workflow, RunState<I> state, int at, LocalDate on) {
    return new Foresight<>(workflow, state, at, on, () -> asks.deadline(0));
  }

  @Override
  public void signal(Tx tx, List<RunSignal> signals, Instant now) {
    if (!signals.isEmpty()) {
      store.signal(tx, signals, now);
    }
  }

  @Override
  public void committed(List<Started> started, List<RunSignal> signals) {
    if (started.isEmpty() && signals.isEmpty()) {
      return;
    }
    hints.add(new Hint(started, signals));
    if (ready) {
      context.runOnContext(turn -> drainHints());
    }
  }

  private void drainHints() {
    for (Hint hint = hints.poll(); hint != null; hint = hints.poll()) {
      hint.started().forEach(this::begin);
      for (RunSignal signal : hint.signals()) {
        RunExecution<?> execution = running.get(signal.runId());
        if (execution != null) {
          execution.told(signal.name(), signal.body());
        }
      }
    }
  }

  private void begin(Started started) {
    RunStart start = started.start();
    if (running.containsKey(start.runId())) {
      return;
    }
    RunStore.NewRun run = definitions.newRun(start);
    RunRow row =
        new RunRow(
            run.runId(),
            run.merchant(),
            run.definition(),
            run.version(),
            run.parkingKey(),
            RunStatus.RUNNING,
            0,
            started.on(),
            null,
            RunRow.NOTHING,
            null,
            null,
            null,
            null,
            run.traceparent());
    RunExecution<?> execution =
        execution(
            definitions.of(start),
            row,
            start.input(),
            started.continuation(),
            false,
            start.trace());
    walk(execution);
    meters.get(row.definition()).started();
    execution.begin();
  }

  private RunExecution<?> execution(RunRow row) {
    Workflow<?> workflow = definitions.of(row);
    return execution(
        workflow,
        row,
        RecordJson.read(row.input(), workflow.input()),
        null,
        true,
        services.bus().traces().kept(row.traceparent()));
  }

  /** A continuation is always one that {@link #firstAsk} made for the same run. */
  @SuppressWarnings("unchecked")
  private <I> RunExecution<I> execution(
      Workflow<I> workflow,
      RunRow row,
      Object input,
      Continuation ahead,
      boolean resumed,
      Span trace) {
    return new RunExecution<>(
        this, workflow, row, workflow.input().cast(input), (Foresight<I>) ahead, resumed, trace);
  }

  private void walk(RunExecution<?> execution) {
    if (running.put(execution.runId(), execution) == null) {
      open.get(execution.row().definition()).increment();
    }
  }

  private void poll() {
    Instant now = services.clock().now();
    List.copyOf(running.values()).forEach(execution -> execution.tick(now));
    store
        .unheard(services.database(), deadline(), services.node())
        .onSuccess(told -> told.forEach(this::tell))
        .onFailure(cause -> LOG.debug("signals could not be read: {}", cause.toString()));
  }

  private void tell(RunStore.Told told) {
    RunExecution<?> execution = running.get(told.runId());
    if (execution != null) {
      execution.told(told.name(), told.body());
    }
  }

  private Deadline deadline() {
    return Deadline.in(settings.databaseDeadline(), services.clock());
  }

  private long fence() {
    return services.fence().getAsLong();
  }

  Instant now() {
    return services.clock().now();
  }

  long nanoTime() {
    return services.clock().nanoTime();
  }

  LocalDate today() {
    return services.clock().today();
  }

  void turned(String place) {
    services.points().turned(place);
  }

  StepAsks asks() {
    return asks;
  }

  /** The answer on this context; an outage when it takes longer than an ask may. */
  <T> Future<T> inTime(Future<T> answer, String step) {
    return asks.inTime(context, answer, step);
  }

  Future<Boolean> write(RunRow row) {
    return changes.write(row);
  }

  void note(RunExecution<?> execution) {
    changes
        .note(execution.row())
        .onSuccess(
            ours -> {
              if (!ours) {
                lost(execution);
              }
            })
        .onFailure(cause -> broken(execution, cause));
  }

  void reached(RunRow row) {
    milestones.reached(row.runId(), row.milestone());
  }

  void ended(RunExecution<?> execution) {
    forget(execution);
    RunMeters of = meters.get(execution.row().definition());
    switch (execution.row().status()) {
      case COMPLETED -> of.completed();
      case TURNED_BACK -> of.turnedBack();
      case NEEDS_HUMAN -> of.needsHuman();
      case RUNNING, WAITING, TURNING_BACK ->
          throw new IllegalStateException("it has not ended: " + execution.row().status());
    }
  }

  /** Another node walks it now. */
  void lost(RunExecution<?> execution) {
    LOG.info("run {} is another node's", execution.runId());
    forget(execution);
  }

  /** Its definition or its row broke: the run stays where it is until somebody looks. */
  void broken(RunExecution<?> execution, Throwable cause) {
    report(execution, "run", cause);
    forget(execution);
    write(
            execution
                .row()
                .at(
                    RunStatus.NEEDS_HUMAN,
                    execution.row().position(),
                    execution.row().segmentOn(),
                    execution.row().memory()))
        .onFailure(again -> report(execution, "mark", again));
  }

  private void report(RunExecution<?> execution, String what, Throwable cause) {
    String operation = what + " " + execution.row().definition();
    services.errors().report("workflow", operation, execution.runId().toString(), cause);
  }

  private void forget(RunExecution<?> execution) {
    execution.leave();
    if (running.remove(execution.runId(), execution)) {
      open.get(execution.row().definition()).decrement();
    }
  }
}
