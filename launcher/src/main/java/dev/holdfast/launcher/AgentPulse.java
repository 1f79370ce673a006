package dev.holdfast.launcher;

import dev.holdfast.agent.AgentHost;
import dev.holdfast.kernel.Clock;
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
  private final Clock clock;
  private final long sinceNanos;

  AgentPulse(AgentHost host, Supervisor supervisor, DependencyWatch dependencies, Clock clock) {
    this.host = host;
    this.supervisor = supervisor;
    this.dependencies = dependencies;
    this.clock = clock;
    this.sinceNanos = clock.nanoTime();
  }

  @Override
  public AgentHealth health() {
    Optional<ChildState> child = supervisor.state().child(host.name());
    List<DependencyHealth> needs = dependencies.states();
    AgentHealth.Status status =
        host.isSeated()
            ? dependencies.level() == 0 ? AgentHealth.Status.RUNNING : AgentHealth.Status.DEGRADED
            : AgentHealth.Status.STOPPED;
    return new AgentHealth(
        host.name(),
        status,
        dependencies.level(),
        dependencies.reasons(),
        Duration.ofNanos(clock.nanoTime() - sinceNanos),
        needs,
        host.answered(),
        host.failures(),
        child.flatMap(ChildState::lastExit).map(exit -> exit.detail()),
        Map.of(
            "restarts", child.map(ChildState::restartCount).orElse(0L),
            "waiting", host.waiting()));
  }
}
