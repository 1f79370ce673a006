package dev.holdfast.agent;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The hosts of one process by the names of their agents. Any thread. */
public final class Hosts {
  private final Map<String, AgentHost> byName = new ConcurrentHashMap<>();

  void add(AgentHost host) {
    byName.put(host.name(), host);
  }

  /** The host of an agent; empty when it is another process's. */
  Optional<AgentHost> of(String agent) {
    return Optional.ofNullable(byName.get(agent));
  }
}
