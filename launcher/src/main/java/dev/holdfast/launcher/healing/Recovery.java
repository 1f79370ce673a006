package dev.holdfast.launcher.healing;

import dev.holdfast.agent.AgentHost;
import dev.holdfast.guard.Guards;
import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.servers.Databases;
import dev.holdfast.launcher.settings.RecoverySettings;
import dev.holdfast.postgres.Database;
import dev.holdfast.recovery.ConfigurationShape;
import dev.holdfast.recovery.ConfigurationStore;
import dev.holdfast.recovery.Configurations;
import dev.holdfast.recovery.FailoverRung;
import dev.holdfast.recovery.Ladder;
import dev.holdfast.recovery.LoggedNotices;
import dev.holdfast.recovery.Notice;
import dev.holdfast.recovery.Notices;
import dev.holdfast.recovery.Reaction;
import dev.holdfast.recovery.Reactions;
import dev.holdfast.recovery.RollbackRung;
import dev.holdfast.recovery.Rung;
import dev.holdfast.supervision.ChildState;
import dev.holdfast.supervision.CrashReports;
import dev.holdfast.supervision.Incident;
import dev.holdfast.supervision.Intensity;
import dev.holdfast.supervision.LoopListener;
import dev.holdfast.supervision.SupervisorServices;
import dev.holdfast.supervision.TreeState;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** How this process recovers: its agents' configurations, and the ladder that is climbed. */
public final class Recovery {
  private final RecoverySettings settings;
  private final Configurations configurations;
  private final Supplier<TreeState> tree;
  private final Clock clock;
  private final List<Consumer<Notice>> hearers = new CopyOnWriteArrayList<>();

  /**
   * @param shapes what can be changed of each agent
   * @param tree how the agents are; any thread
   */
  public Recovery(
      RecoverySettings settings,
      Map<String, ConfigurationShape> shapes,
      Database database,
      String node,
      Supplier<TreeState> tree,
      Clock clock) {
    this.settings = settings;
    this.tree = tree;
    this.clock = clock;
    this.configurations =
        new Configurations(
            shapes,
            new ConfigurationStore(database, clock, node),
            Duration.ofMillis(settings.configurationProvenMs()),
            this::wellSince,
            clock);
  }

  /** From now on it is told of rungs, as people are, on the thread that tells; it must not wait. */
  public void alsoTo(Consumer<Notice> hearer) {
    hearers.add(hearer);
  }

  /** Of the ladder. */
  private Notices notices() {
    LoggedNotices logged = new LoggedNotices(clock);
    return notice -> {
      boolean told = logged.tell(notice);
      if (told) {
        hearers.forEach(hearer -> hearer.accept(notice));
      }
      return told;
    };
  }

  private Optional<Instant> wellSince(String agent) {
    return tree.get().child(agent).filter(ChildState::isWell).map(ChildState::since);
  }

  public Configurations configurations() {
    return configurations;
  }

  /** What answers signs of trouble that are no falls. */
  public Reactions reactions(
      Collection<AgentHost> hosts, Databases databases, Guards guards, Meters meters) {
    LaneScaling scaling =
        new LaneScaling(
            hosts,
            meters,
            databases.lanes()::figures,
            this::unwell,
            settings.scaling().policy(),
            clock);
    List<Reaction> all = new ArrayList<>(scaling.reactions());
    all.add(new CircuitBreaks(guards));
    return new Reactions(all, settings.reactions(), new LoggedNotices(clock), meters, clock);
  }

  private Optional<String> unwell(String agent) {
    return wellSince(agent).isPresent() ? Optional.empty() : Optional.of("it is not well");
  }

  /** How many crashes an agent may have before it is parked. */
  public Intensity intensity() {
    return settings.intensity();
  }

  /** What a supervisor of these hosts works with. */
  public SupervisorServices services(
      Map<String, AgentHost> hosts,
      int loops,
      Function<Incident, ? extends Future<?>> incidentWriter,
      Consumer<Incident> incidentListener,
      Function<String, Optional<String>> away,
      Meters meters,
      LoopListener loopListener) {
    List<Rung> rungs =
        new ArrayList<>(HostRungs.of(hosts, Duration.ofMillis(settings.quarantineMs())));
    rungs.add(new RollbackRung(configurations));
    rungs.add(new FailoverRung(loops));
    return new SupervisorServices(
        clock,
        new CrashReports(clock),
        incidentWriter,
        incidentListener,
        new Ladder(settings.policy(), rungs),
        notices(),
        away,
        meters,
        loopListener);
  }
}
