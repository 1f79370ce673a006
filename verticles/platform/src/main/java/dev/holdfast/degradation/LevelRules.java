package dev.holdfast.degradation;

import java.util.Collection;
import java.util.Set;

/** From what is down to a level, and from one level to the next better one. */
public final class LevelRules {
  private LevelRules() {}

  /**
   * The level of one agent.
   *
   * @param needs what it needs; what it does not need can't lower it, and can't carry it either
   * @param down what is down now
   */
  public static Level agent(Set<Capability> needs, Set<Capability> down) {
    boolean database = !lost(Capability.PG_WRITE, needs, down) && reads(needs, down);
    boolean kafka =
        !lost(Capability.KAFKA_OUT, needs, down) && !lost(Capability.KAFKA_IN, needs, down);
    boolean journal = needs.contains(Capability.JOURNAL) && !down.contains(Capability.JOURNAL);
    if (database) {
      return kafka ? Level.FULL : Level.KAFKA_UNAVAILABLE;
    }
    if (journal) {
      return kafka ? Level.DATABASE_FALLBACK : Level.SEVERAL_DOWN;
    }
    return reads(needs, down) ? Level.SEVERAL_DOWN : Level.FAILED;
  }

  /**
   * The level of the platform: the worst among its critical agents; a parked one has failed.
   *
   * @param parked names of agents that are parked
   */
  public static Level platform(
      Collection<AgentNeeds> agents, Set<Capability> down, Set<String> parked) {
    return agents.stream()
        .filter(AgentNeeds::critical)
        .map(agent -> agent(agent, down, parked))
        .reduce(Level.FULL, Level::orWorse);
  }

  /** The level of one agent, which has failed when it is parked. */
  public static Level agent(AgentNeeds agent, Set<Capability> down, Set<String> parked) {
    return parked.contains(agent.agent()) ? Level.FAILED : agent(agent.needs(), down);
  }

  /**
   * One step from a level to a better one. A level on the way is only taken when everything it
   * promises is kept at the end: the way to level 0 leads over 2, where the database takes
   * everything, and never over 1.
   *
   * @param to a level that keeps what {@code from} promises
   */
  public static Level stepUp(Level from, Level to) {
    return switch (from) {
      case FAILED -> Level.SEVERAL_DOWN;
      case SEVERAL_DOWN -> to == Level.DATABASE_FALLBACK ? to : Level.KAFKA_UNAVAILABLE;
      case KAFKA_UNAVAILABLE, DATABASE_FALLBACK, FULL -> to;
    };
  }

  private static boolean reads(Set<Capability> needs, Set<Capability> down) {
    return !lost(Capability.PG_READ, needs, down);
  }

  private static boolean lost(Capability capability, Set<Capability> needs, Set<Capability> down) {
    return needs.contains(capability) && down.contains(capability);
  }
}
