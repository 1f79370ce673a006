package dev.holdfast.launcher.healing;

import dev.holdfast.agent.AgentHost;
import dev.holdfast.recovery.Rung;
import dev.holdfast.recovery.RungName;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rungs that do something to an agent's host. */
final class HostRungs {
  private HostRungs() {}

  /**
   * Fresh resources and quarantine.
   *
   * @param quarantine how long a lane takes one command at a time
   */
  static List<Rung> of(Map<String, AgentHost> hosts, Duration quarantine) {
    return List.of(new FreshResources(hosts), new Quarantine(hosts, quarantine));
  }

  /** What the host only remembers is read anew. */
  private record FreshResources(Map<String, AgentHost> hosts) implements Rung {
    @Override
    public RungName name() {
      return RungName.FRESH_RESOURCES;
    }

    @Override
    public Optional<String> refusal(String child) {
      return hosts.containsKey(child) ? Optional.empty() : Optional.of("it has no host");
    }

    @Override
    public Future<String> act(String child) {
      return hosts.get(child).refresh().map("its memory of dead letters is read anew");
    }
  }

  /** Commands go one at a time, so that a guilty one stands alone. */
  private record Quarantine(Map<String, AgentHost> hosts, Duration time) implements Rung {
    @Override
    public RungName name() {
      return RungName.QUARANTINE;
    }

    @Override
    public Optional<String> refusal(String child) {
      AgentHost host = hosts.get(child);
      if (host == null) {
        return Optional.of("it has no host");
      }
      return host.isIdle() ? Optional.of("no command can be to blame") : Optional.empty();
    }

    @Override
    public Future<String> act(String child) {
      hosts.get(child).quarantine(time);
      return Future.succeededFuture("one command at a time for " + time.toSeconds() + " s");
    }
  }
}
