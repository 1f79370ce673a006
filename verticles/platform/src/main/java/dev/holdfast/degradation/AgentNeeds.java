package dev.holdfast.degradation;

import java.util.EnumSet;
import java.util.Set;

/**
 * What an agent needs of the world.
 *
 * @param agent its name
 * @param critical whether the platform is only as well as this agent
 * @param needs without {@link Capability#JOURNAL} when it may not use the journal
 */
public record AgentNeeds(String agent, boolean critical, Set<Capability> needs) {
  public AgentNeeds {
    needs = Set.copyOf(needs);
  }

  /** An agent that lives on PostgreSQL and Kafka and may not use the journal. */
  public static AgentNeeds ofStores(String agent, boolean critical) {
    return new AgentNeeds(
        agent,
        critical,
        EnumSet.of(
            Capability.PG_WRITE, Capability.PG_READ, Capability.KAFKA_OUT, Capability.KAFKA_IN));
  }
}
