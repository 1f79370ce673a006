package dev.holdfast.agent;

import io.vertx.core.Context;
import io.vertx.core.Future;

/** What outlives an agent's instances: its name, its lane, its address on the bus. */
public final class AgentHost {
  private final String name;

  public AgentHost(String name) {
    this.name = name;
  }

  /** The agent's name, such as {@code inventory}. */
  public String name() {
    return name;
  }

  Future<?> attach(Agent<?, ?> agent, Context context) {
    return Future.succeededFuture();
  }

  Future<?> detach(Agent<?, ?> agent) {
    return Future.succeededFuture();
  }
}
