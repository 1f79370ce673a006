package dev.holdfast.launcher;

import dev.holdfast.degradation.AgentNeeds;
import dev.holdfast.degradation.Capability;
import dev.holdfast.degradation.Degradation;
import dev.holdfast.degradation.LevelChange;
import dev.holdfast.degradation.Standing;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.NodeLease;
import dev.holdfast.stream.EventConsumer;
import dev.holdfast.stream.OutboxRelay;
import dev.holdfast.supervision.ChildState;
import dev.holdfast.supervision.Phase;
import dev.holdfast.supervision.TreeState;
import dev.holdfast.telemetry.DependencyHealth;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks twice a second whether PostgreSQL and Kafka are there and which agents are parked, and
 * keeps the level that follows. Everything it knows can be read from memory on any thread.
 */
final class DependencyWatch extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(DependencyWatch.class);
  private static final Duration EVERY = Duration.ofMillis(500);
  private static final Duration ANSWER_WITHIN = Duration.ofMillis(900);
  private static final Set<String> DATABASE =
      Set.of(Capability.PG_READ.label(), Capability.PG_WRITE.label());
  private static final long SILENT_MS_MAX = 10_000;

  private final Database reserved;
  private final NodeLease lease;
  private final OutboxRelay relay;
  private final Supplier<List<EventConsumer>> consumers;
  private final Supplier<TreeState> tree;
  private final Clock clock;
  private final Degradation degradation;
  private final Set<String> parked = new HashSet<>();
  private boolean asking;

  DependencyWatch(
      Database reserved,
      NodeLease lease,
      OutboxRelay relay,
      Supplier<List<EventConsumer>> consumers,
      Supplier<TreeState> tree,
      Clock clock) {
    this.reserved = reserved;
    this.lease = lease;
    this.relay = relay;
    this.consumers = consumers;
    this.tree = tree;
    this.clock = clock;
    this.degradation =
        new Degradation(
            Crew.NAMES.stream().map(name -> AgentNeeds.ofStores(name, true)).toList(), clock.now());
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(EVERY.toMillis(), tick -> look());
    return Future.succeededFuture();
  }

  private void look() {
    long failed = relay.figures().failedInARow();
    probed(Capability.KAFKA_OUT, failed == 0, failed + " rounds of the relay failed in a row");
    long silent =
        consumers.get().stream()
            .mapToLong(consumer -> consumer.figures().silentMs())
            .max()
            .orElse(0);
    probed(Capability.KAFKA_IN, silent < SILENT_MS_MAX, "no poll for " + silent + " ms");
    probed(Capability.PG_WRITE, lease.held(), "the node's lease is not renewed");
    tree.get().children().forEach(this::placed);
    if (!asking) {
      asking = true;
      reserved
          .query(Deadline.in(ANSWER_WITHIN, clock), "SELECT 1", Tuple.tuple())
          .onSuccess(rows -> probed(Capability.PG_READ, true, "answers"))
          .onFailure(cause -> probed(Capability.PG_READ, false, String.valueOf(cause.getMessage())))
          .onComplete(done -> asking = false);
    }
  }

  private void placed(ChildState child) {
    boolean isParked = child.phase() == Phase.PARKED;
    if (isParked && parked.add(child.id())) {
      degradation
          .parked(child.id(), "parked: " + child.detail(), clock.now())
          .ifPresent(this::tell);
    } else if (!isParked && parked.remove(child.id())) {
      degradation.unparked(child.id(), clock.now()).ifPresent(this::tell);
    }
  }

  private void tell(LevelChange change) {
    LOG.warn("{}", change);
  }

  private void probed(Capability capability, boolean up, String text) {
    degradation.probed(capability, up, text, clock.now()).ifPresent(this::tell);
  }

  /** The levels now, and why. */
  Standing standing() {
    return degradation.standing();
  }

  /** From 0, full, to 4, failed. */
  int level() {
    return standing().level().number();
  }

  List<String> reasons() {
    return standing().reasons().stream()
        .map(reason -> reason.subject() + ": " + reason.text())
        .toList();
  }

  /** What of the database is away, in words; empty when it can be read and written. */
  Optional<String> databaseAway() {
    return standing().reasons().stream()
        .filter(reason -> DATABASE.contains(reason.subject()))
        .findFirst()
        .map(reason -> reason.subject() + ", " + reason.text());
  }

  /** The two stores as status pages show them. */
  List<DependencyHealth> states() {
    List<String> subjects = standing().reasons().stream().map(Standing.Reason::subject).toList();
    List<DependencyHealth> states = new ArrayList<>();
    states.add(
        new DependencyHealth(
            "database",
            state(subjects, Capability.PG_READ, Capability.PG_WRITE),
            Map.of("pool", String.valueOf(reserved.figures()))));
    states.add(
        new DependencyHealth(
            "kafka",
            state(subjects, Capability.KAFKA_OUT, Capability.KAFKA_IN),
            Map.of("published", relay.figures().publishedInAll())));
    return states;
  }

  private static DependencyHealth.State state(
      List<String> subjects, Capability one, Capability other) {
    return subjects.contains(one.label()) || subjects.contains(other.label())
        ? DependencyHealth.State.DISCONNECTED
        : DependencyHealth.State.CONNECTED;
  }
}
