package dev.holdfast.chaos;

import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Disturbance;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Agents that hang, are slow, or are given a command that breaks them. Any thread. */
public final class AgentTroubles implements Disturbance {
  private final Map<String, Duration> slow = new ConcurrentHashMap<>();
  private final Map<String, AtomicReference<Object>> hanging = new ConcurrentHashMap<>();
  private final Map<String, AtomicReference<CommandId>> poisoned = new ConcurrentHashMap<>();

  /** What a poisoned command throws. */
  static final class Poison extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Poison(String agent) {
      super("a command that breaks " + agent + " was asked for");
    }
  }

  /** Each transaction of the agent waits so long. */
  public Injector.Ending slow(String agent, Duration by) {
    slow.put(agent, by);
    return Endings.of(() -> slow.remove(agent));
  }

  /** The instance of the agent that works next comes to no end; the next instance does. */
  public Injector.Ending hang(String agent) {
    hanging.put(agent, new AtomicReference<>());
    return Endings.of(() -> hanging.remove(agent));
  }

  /** The command that the agent decides next breaks it, whenever it is tried. */
  public Injector.Ending poison(String agent) {
    poisoned.put(agent, new AtomicReference<>());
    return Endings.of(() -> poisoned.remove(agent));
  }

  @Override
  public Duration heldUp(String agent, Object life) {
    AtomicReference<Object> hung = hanging.get(agent);
    if (hung != null) {
      hung.compareAndSet(null, life);
      if (hung.get() == life) {
        return FOR_EVER;
      }
    }
    return slow.getOrDefault(agent, Duration.ZERO);
  }

  @Override
  public void deciding(String agent, CommandId command) {
    AtomicReference<CommandId> chosen = poisoned.get(agent);
    if (chosen != null) {
      chosen.compareAndSet(null, command);
      if (command.equals(chosen.get())) {
        throw new Poison(agent);
      }
    }
  }
}
