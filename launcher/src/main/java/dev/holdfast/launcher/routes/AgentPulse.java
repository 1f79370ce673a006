package dev.holdfast.launcher.routes;

import dev.holdfast.agent.AgentHost;
import dev.holdfast.degradation.Capability;
import dev.holdfast.degradation.Standing;
import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.platform.Platform;
import dev.holdfast.launcher.servers.Databases;
import dev.holdfast.launcher.watch.DependencyWatch;
import dev.holdfast.stream.OutboxRelay;
import dev.holdfast.supervision.ChildState;
import dev.holdfast.supervision.Supervisor;
import dev.holdfast.telemetry.AgentHealth;
import dev.holdfast.telemetry.DependencyHealth;
import dev.holdfast.telemetry.HealthSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How one agent is, read from memory: its place in the tree, its lane, its dependencies. */
final class AgentPulse implements HealthSource {
  private final AgentHost host;
  private final Supervisor supervisor;
  private final DependencyWatch dependencies;
  private final Databases databases;
  private final OutboxRelay relay;
  private final Clock clock;
  private final long sinceNanos;

  AgentPulse(AgentHost host, Platform platform) {
    this.host = host;
    this.supervisor = platform.supervisor();
    this.dependencies = platform.degradation().watch();
    this.databases = platform.databases();
    this.relay = platform.relay();
    this.clock = platform.clock();
    this.sinceNanos = clock.nanoTime();
  }

  @Override
  public AgentHealth health() {
    Optional<ChildState> child = supervisor.state().child(host.name());
    Standing standing = dependencies.standing();
    int level = standing.of(host.name()).number();
    AgentHealth.Status status =
        host.isSeated()
            ? level == 0 ? AgentHealth.Status.RUNNING : AgentHealth.Status.DEGRADED
            : AgentHealth.Status.STOPPED;
    return new AgentHealth(
        host.name(),
        status,
        level,
        dependencies.reasons(),
        Duration.ofNanos(clock.nanoTime() - sinceNanos),
        List.of(database(standing), kafka(standing)),
        host.answered(),
        host.failures(),
        child.flatMap(ChildState::lastExit).map(exit -> exit.detail()),
        Map.of(
            "restarts", child.map(ChildState::restartCount).orElse(0L),
            "waiting", host.waiting()));
  }

  private DependencyHealth database(Standing standing) {
    return new DependencyHealth(
        "database",
        state(standing, Capability.PG_READ, Capability.PG_WRITE),
        Map.of("pool", String.valueOf(databases.lanes().figures())));
  }

  private DependencyHealth kafka(Standing standing) {
    return new DependencyHealth(
        "kafka",
        state(standing, Capability.KAFKA_OUT, Capability.KAFKA_IN),
        Map.of("published", relay.figures().publishedInAll()));
  }

  private static DependencyHealth.State state(Standing standing, Capability one, Capability other) {
    boolean down =
        standing.reasons().stream()
            .map(Standing.Reason::subject)
            .anyMatch(subject -> subject.equals(one.label()) || subject.equals(other.label()));
    return down ? DependencyHealth.State.DISCONNECTED : DependencyHealth.State.CONNECTED;
  }
}
