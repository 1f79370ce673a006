package dev.holdfast.supervision;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.recovery.Choice;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The incidents of one supervisor: at most one open for a child; written when the database can,
 * kept in memory until then, because supervision must not depend on it.
 */
final class Incidents {
  private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);

  /** Incidents that may wait for the database; beyond that the oldest is dropped and counted. */
  static final int UNWRITTEN_LIMIT = 1_024;

  /** Ended incidents kept in memory for the status page. */
  static final int RECENT_LIMIT = 100;

  private static final Duration WRITE_WITHIN = Duration.ofSeconds(2);
  private static final Duration WRITE_AGAIN_AFTER = Duration.ofSeconds(1);

  private final String node;
  private final Clock clock;
  private final OwnLoop loop;
  private final Function<Incident, ? extends Future<?>> write;
  private final Consumer<Incident> listener;
  private final Map<String, Incident> open = new HashMap<>();
  private final Deque<Incident> recent = new ArrayDeque<>();
  private final Map<UUID, Incident> unwritten = new LinkedHashMap<>();
  private final TreeMeters meters;
  private final IncidentTotals summary = new IncidentTotals();
  private long number;
  private long dropped;
  private boolean writing;
  private Optional<Promise<Void>> flushed = Optional.empty();

  /**
   * @param services where incidents are stored, and who is told
   */
  Incidents(
      String node, Clock clock, OwnLoop loop, SupervisorServices services, TreeMeters meters) {
    this.meters = meters;
    this.node = node;
    this.clock = clock;
    this.loop = loop;
    this.write = services.incidentWriter();
    this.listener = services.incidentListener();
  }

  /** A fault was seen; one that is still open for the child has relapsed. */
  void opened(String child, Exit exit, Choice choice) {
    Instant brokenSince =
        Optional.ofNullable(open.get(child))
            .map(incident -> incident.times().brokenSince())
            .orElse(exit.at());
    ended(child, Incident.Outcome.RELAPSED);
    Instant now = clock.now();
    UUID id = DerivedId.of("incident", node, child, now, number++);
    keep(
        new Incident(
            id,
            node,
            child,
            List.of(Incident.signal(exit)),
            choice,
            "",
            Incident.Times.of(brokenSince, exit.at(), now),
            Incident.Outcome.OPEN));
  }

  /** Something more was seen of the open fault. */
  void alsoSeen(String child, Exit exit) {
    change(child, incident -> incident.seen(exit));
  }

  void acted(String child, String action) {
    change(child, incident -> incident.acted(action, clock.now()));
  }

  void notified(String child) {
    change(child, incident -> incident.notified(clock.now()));
  }

  void proven(String child) {
    change(child, incident -> incident.proven(clock.now()));
  }

  void ended(String child, Incident.Outcome how) {
    change(child, incident -> incident.ended(how));
  }

  /** The open ones and the last that ended, oldest first. */
  List<Incident> known() {
    Collection<Incident> all = new ArrayDeque<>(recent);
    open.values().stream()
        .sorted((one, other) -> one.times().detectedAt().compareTo(other.times().detectedAt()))
        .forEach(all::add);
    return List.copyOf(all);
  }

  /** What all incidents since the start come to. */
  IncidentSummary summary() {
    return summary.summary(open.size());
  }

  int unwritten() {
    return unwritten.size();
  }

  long dropped() {
    return dropped;
  }

  /** Completes when all are written, or the time is over. */
  Future<Void> flush(Duration time) {
    Promise<Void> done = Promise.promise();
    flushed = Optional.of(done);
    long timer = loop.vertx().setTimer(time.toMillis(), id -> done.tryComplete());
    completeWhenAllAreWritten();
    return done.future().onComplete(any -> loop.vertx().cancelTimer(timer));
  }

  private void change(String child, UnaryOperator<Incident> change) {
    Incident before = open.get(child);
    if (before != null) {
      Incident after = change.apply(before);
      if (!after.equals(before)) {
        keep(after);
      }
    }
  }

  private void keep(Incident incident) {
    if (incident.outcome() == Incident.Outcome.OPEN) {
      open.put(incident.child(), incident);
    } else {
      open.remove(incident.child());
      recent.addLast(incident);
      if (recent.size() > RECENT_LIMIT) {
        recent.removeFirst();
      }
    }
    if (incident.outcome() != Incident.Outcome.OPEN) {
      summary.count(incident);
      meters.ended(incident);
    }
    listener.accept(incident);
    unwritten.put(incident.id(), incident);
    if (unwritten.size() > UNWRITTEN_LIMIT) {
      unwritten.remove(unwritten.keySet().iterator().next());
      dropped++;
    }
    writeNext();
  }

  private void writeNext() {
    if (writing || unwritten.isEmpty()) {
      completeWhenAllAreWritten();
      return;
    }
    writing = true;
    Incident next = unwritten.values().iterator().next();
    loop.<Void>within(
            WRITE_WITHIN,
            "write of an incident",
            answer -> write.apply(next).<Void>mapEmpty().onComplete(answer))
        .onSuccess(
            done -> {
              writing = false;
              unwritten.remove(next.id(), next);
              writeNext();
            })
        .onFailure(this::writeLater);
  }

  private void writeLater(Throwable failure) {
    LOG.warn("{} incidents wait for the database: {}", unwritten.size(), failure.toString());
    loop.vertx()
        .setTimer(
            WRITE_AGAIN_AFTER.toMillis(),
            id -> {
              writing = false;
              writeNext();
            });
  }

  private void completeWhenAllAreWritten() {
    if (unwritten.isEmpty()) {
      flushed.ifPresent(Promise::tryComplete);
    }
  }
}
