package dev.holdfast.agent;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.CommitPoints;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.Reports;

/** A host whose lane never runs, for tests that drive an agent's three verbs by themselves. */
public final class IdleHost {
  private IdleHost() {}

  public static AgentHost named(String name) {
    return new AgentHost(
        name,
        LaneSettings.shipped(),
        new HostServices(
            null,
            null,
            Clock.system(),
            null,
            null,
            events -> {},
            new Meters(),
            Reports.of(Clock.system()),
            CommitPoints.NONE,
            new Hosts()));
  }
}
