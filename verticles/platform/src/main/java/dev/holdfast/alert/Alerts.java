package dev.holdfast.alert;

import dev.holdfast.alert.ActiveAlerts.Change;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.telemetry.AlertMeters;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at regular times at what is seen of the platform, keeps the alerts that follow, and has
 * receivers told. Asked and told on any thread.
 */
public final class Alerts extends VerticleBase {
  /** How many alerts that ended are kept. */
  public static final int HISTORY_MAX = 1_000;

  /** How many different events may wait for the next look; further ones are counted alone. */
  static final int EVENTS_MAX = 1_000;

  private static final Duration WITHIN = Duration.ofSeconds(2);
  private static final Duration TIDY_EVERY = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

  private final AlertPolicy policy;
  private final Supplier<List<Observation>> sight;
  private final AlertStore store;
  private final AlertWriter writer;
  private final Deliveries deliveries;
  private final ActiveAlerts active;
  private final AlertMeters meters;
  private final String node;
  private final Clock clock;
  private final Map<String, Observation> events = new LinkedHashMap<>();
  private volatile List<Alert> shown = List.of();
  private final PastAlerts past = new PastAlerts();
  private boolean restored;
  private boolean restoring;

  /**
   * @param handlers who is told
   * @param sight all that is seen now, from memory; asked on this verticle's context
   * @param database best one that load does not reach
   */
  public Alerts(
      AlertPolicy policy,
      List<AlertHandler> handlers,
      Supplier<List<Observation>> sight,
      Database database,
      AlertMeters meters,
      String node,
      Clock clock) {
    this.policy = policy;
    this.sight = sight;
    this.store = new AlertStore(database, node, clock);
    this.writer = new AlertWriter(store, clock);
    this.deliveries = new Deliveries(handlers, policy.delivery(), store, writer, meters, clock);
    this.active = new ActiveAlerts(policy.conditions(), policy.storm(), node, clock);
    this.meters = meters;
    this.node = node;
    this.clock = clock;
  }

  /** Starts also while the database is away; what an earlier life left is then read later. */
  @Override
  public Future<?> start() {
    policy.conditions().keySet().forEach(condition -> meters.raised(condition, 0));
    show();
    return restore()
        .onComplete(
            read -> {
              vertx.setPeriodic(policy.every().toMillis(), tick -> look());
              vertx.setPeriodic(TIDY_EVERY.toMillis(), tick -> tidy());
            })
        .otherwiseEmpty();
  }

  /** What is known by then is written, if the database takes it. */
  @Override
  public Future<?> stop() {
    return writer.flush();
  }

  /** What this life has brought about must be there before rows are read. */
  private Future<?> restore() {
    restoring = true;
    return writer
        .flush()
        .compose(done -> writer.size() == 0 ? read() : Future.succeededFuture())
        .onFailure(cause -> LOG.debug("earlier alerts are read later: {}", cause.toString()))
        .onComplete(done -> restoring = false);
  }

  private Future<Void> read() {
    return store
        .active(Deadline.in(WITHIN, clock))
        .compose(before -> deliveries.restore().map(before))
        .compose(
            before ->
                store
                    .history(HISTORY_MAX, Deadline.in(WITHIN, clock))
                    .onSuccess(past::addEarlier)
                    .map(before))
        .onSuccess(
            before -> {
              restored = true;
              take(active.restore(before));
            })
        .mapEmpty();
  }

  /** Something happened; it counts at the next look. Any thread; never waits. */
  public void tell(Observation event) {
    String key = event.condition() + " " + event.subject();
    synchronized (events) {
      if (events.size() < EVENTS_MAX || events.containsKey(key)) {
        events.merge(key, event, (before, now) -> now.after(before));
      }
    }
  }

  private List<Observation> happened() {
    synchronized (events) {
      List<Observation> all = List.copyOf(events.values());
      events.clear();
      return all;
    }
  }

  /** Looks now. */
  void look() {
    List<Observation> all = new ArrayList<>(happened());
    try {
      all.addAll(sight.get());
      take(active.look(all));
    } catch (RuntimeException bug) {
      LOG.error("a look for alerts failed", bug);
    }
    if (!restored && !restoring) {
      var unused = restore();
    }
    var unused = writer.flush();
    deliveries.turn();
  }

  private void tidy() {
    deliveries.readMore();
    var unused = store.forgetBeyond(HISTORY_MAX, Deadline.in(WITHIN, clock));
  }

  /** What is to be told is written first; when that can't be done at once, it is told anyway. */
  private void take(List<Change> changes) {
    List<Delivery> told = new ArrayList<>();
    for (Change change : changes) {
      writer.put(change.alert());
      if (!change.alert().isActive()) {
        past.add(change.alert());
      }
      if (change.begins()) {
        meters.raised(change.alert().condition(), 1);
      }
      change.told().map(deliveries::of).ifPresent(told::addAll);
    }
    told.forEach(writer::put);
    show();
    if (!told.isEmpty()) {
      var unused = writer.flush().onSuccess(done -> deliveries.add(told));
    }
  }

  private void show() {
    shown = active.all();
    for (Severity severity : Severity.values()) {
      long count = shown.stream().filter(alert -> alert.severity() == severity).count();
      meters.active(severity.label()).set((double) count);
    }
    meters.unwritten().set(writer.size());
  }

  /** The alerts that are active at this node, the oldest first; from memory. */
  public List<Alert> active() {
    return shown;
  }

  /** Those that ended last, the latest first; from memory, at most {@value #HISTORY_MAX}. */
  public List<Alert> past() {
    return past.all();
  }

  /**
   * The alerts of all nodes that ended last, the latest first.
   *
   * @param limit 1 to {@value #HISTORY_MAX}
   */
  public Future<List<Alert>> history(int limit, Deadline deadline) {
    return store.history(limit, deadline);
  }

  /**
   * What receivers were told last, of all nodes, the latest first.
   *
   * @param limit 1 to {@value #HISTORY_MAX}
   */
  public Future<List<Delivery>> deliveries(int limit, Deadline deadline) {
    return store.deliveries(limit, deadline);
  }

  /**
   * Somebody looks after an alert.
   *
   * @return the alert; empty when none of that id is active here
   */
  public Future<Optional<Alert>> acknowledge(UUID id, String by) {
    return here(() -> changed(active.acknowledge(id, by)));
  }

  /**
   * A person ends an alert. While its condition holds, another begins after its hold time.
   *
   * @param note why; may be empty
   * @return the alert; empty when none of that id is active here
   */
  public Future<Optional<Alert>> resolve(UUID id, String by, String note) {
    return here(() -> changed(active.resolve(id, by, note)));
  }

  private Future<Optional<Alert>> changed(Optional<Change> change) {
    take(change.stream().toList());
    return Future.succeededFuture(change.map(Change::alert));
  }

  /**
   * Tells every receiver of a made-up alert, whatever else waits for it, and of its end.
   *
   * @param by who asks
   * @return what each answered, by its name
   */
  public Future<Map<String, Answer>> test(String by) {
    ReceiverTrial trial = ReceiverTrial.of(by, node, clock.now().truncatedTo(ChronoUnit.MILLIS));
    return here(() -> trial.through(deliveries));
  }

  /** Done on this verticle's context, answered on the caller's. */
  private <T> Future<T> here(Supplier<Future<T>> work) {
    Context caller = Vertx.currentContext();
    Promise<T> answer = Promise.promise();
    context.runOnContext(
        turn ->
            work.get()
                .onComplete(
                    done -> {
                      if (caller == null) {
                        answer.handle(done);
                      } else {
                        caller.runOnContext(back -> answer.handle(done));
                      }
                    }));
    return answer.future();
  }
}
