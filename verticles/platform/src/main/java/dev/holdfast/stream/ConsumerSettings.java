package dev.holdfast.stream;

import java.util.Objects;
import java.util.Set;

/**
 * Who consumes what, and how much at a time.
 *
 * @param agent whose events these are; names the group and the dead letters
 * @param topics what is heard, at least one
 * @param parallel how many keys are handled beside each other, 1 or more
 * @param unfinishedMax from how many unfinished records on a partition is paused, 1 or more
 * @param attempts how often a handler that breaks is tried before its event is parked, 1 or more
 */
public record ConsumerSettings(
    String agent, Set<String> topics, int parallel, int unfinishedMax, int attempts) {
  public ConsumerSettings {
    Objects.requireNonNull(agent, "agent");
    topics = Set.copyOf(topics);
    if (topics.isEmpty()) {
      throw new IllegalArgumentException(agent + " hears no topic");
    }
    atLeastOne("parallel", parallel);
    atLeastOne("unfinishedMax", unfinishedMax);
    atLeastOne("attempts", attempts);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more, got " + value);
    }
  }

  /** 64 keys at a time, 1,000 unfinished records a partition, three attempts. */
  public static ConsumerSettings of(String agent, Set<String> topics) {
    return new ConsumerSettings(agent, topics, 64, 1_000, 3);
  }

  /** The Kafka group; all nodes' consumers of one agent share the partitions. */
  public String group() {
    return "holdfast-" + agent;
  }
}
