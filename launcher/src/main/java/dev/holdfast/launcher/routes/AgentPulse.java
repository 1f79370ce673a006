package dev.holdfast.launcher.routes;

import dev.holdfast.agent.AgentHost;
import dev.holdfast.degradation.Features;
import dev.holdfast.degradation.Standing;
import dev.holdfast.guard.Guards;
import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.fallback.SnapshotParts;
import dev.holdfast.launcher.health.AgentFacts;
import dev.holdfast.launcher.health.LastErrors;
import dev.holdfast.launcher.health.StoreHealth;
import dev.holdfast.launcher.platform.Platform;
import dev.holdfast.launcher.servers.Databases;
import dev.holdfast.launcher.watch.DependencyWatch;
import dev.holdfast.stream.EventConsumer;
import dev.holdfast.stream.OutboxRelay;
import dev.holdfast.supervision.ChildState;
import dev.holdfast.supervision.Phase;
import dev.holdfast.supervision.Supervisor;
import dev.holdfast.telemetry.AgentHealth;
import dev.holdfast.telemetry.DependencyHealth;
import dev.holdfast.telemetry.HealthSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How one agent is, read from memory: its place in the tree, its lane, its dependencies. */
final class AgentPulse implements HealthSource {
  private final AgentHost host;
  private final Supervisor supervisor;
  private final DependencyWatch dependencies;
  private final Databases databases;
  private final OutboxRelay relay;
  private final Supplier<List<EventConsumer>> consumers;
  private final Features features;
  private final LastErrors errors;
  private final Guards guards;
  private final Clock clock;
  private final long sinceNanos;

  AgentPulse(AgentHost host, Platform platform) {
    this.host = host;
    this.supervisor = platform.supervisor();
    this.dependencies = platform.degradation().watch();
    this.databases = platform.databases();
    this.relay = platform.relay();
    this.consumers = platform::consumers;
    this.features = platform.degradation().features();
    this.errors = platform.lastErrors();
    this.guards = platform.guards();
    this.clock = platform.clock();
    this.sinceNanos = clock.nanoTime();
  }

  @Override
  public AgentHealth health() {
    Optional<ChildState> child = supervisor.state().child(host.name());
    Standing standing = dependencies.standing();
    int level = standing.of(host.name()).number();
    AgentHealth.Status status =
        AgentFacts.status(
            child.map(ChildState::phase).orElse(Phase.STOPPED), host.isSeated(), level);
    return new AgentHealth(
        host.name(),
        status,
        level,
        dependencies.reasons(),
        Duration.ofNanos(clock.nanoTime() - sinceNanos),
        dependencies(standing),
        AgentFacts.features(host.name(), features.states()),
        host.answered(),
        host.failures(),
        AgentFacts.lastError(errors.of(host.name()), child.flatMap(ChildState::lastExit)),
        AgentFacts.more(host.name(), standing, child, host.waiting(), host.widened()));
  }

  private List<DependencyHealth> dependencies(Standing standing) {
    List<DependencyHealth> all = new ArrayList<>();
    all.add(StoreHealth.database(standing, databases.figuresOfAgents()));
    all.add(StoreHealth.kafka(standing, host.name(), relay.figures(), consumers.get()));
    guards.states().stream()
        .filter(guard -> guard.name().equals(SnapshotParts.GUARD))
        .map(StoreHealth::redis)
        .forEach(all::add);
    return all;
  }
}
