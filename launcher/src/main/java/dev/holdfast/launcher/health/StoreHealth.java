package dev.holdfast.launcher.health;

import dev.holdfast.bus.ProtocolNames;
import dev.holdfast.degradation.Capability;
import dev.holdfast.degradation.Standing;
import dev.holdfast.guard.GuardState;
import dev.holdfast.postgres.PoolFigures;
import dev.holdfast.stream.ConsumerFigures;
import dev.holdfast.stream.EventConsumer;
import dev.holdfast.stream.RelayFigures;
import dev.holdfast.telemetry.DependencyHealth;
import dev.holdfast.telemetry.DependencyHealth.State;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What an agent leans on, as last seen (E-106). */
public final class StoreHealth {
  private StoreHealth() {}

  /** PostgreSQL, and how the pools are used that agents share. */
  public static DependencyHealth database(Standing standing, List<PoolFigures> pools) {
    Map<String, Object> used = new LinkedHashMap<>();
    pools.forEach(pool -> used.put(pool.name(), pool(pool)));
    return new DependencyHealth(
        "database",
        state(standing, Capability.PG_READ, Capability.PG_WRITE),
        Map.of("type", "postgresql", "pool", used));
  }

  private static Map<String, Object> pool(PoolFigures pool) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("size", pool.size());
    figures.put("open", pool.open());
    figures.put("in_use", pool.inUse());
    figures.put("waiting", pool.waiting());
    figures.put("wait_limit", pool.waitLimit());
    figures.put("cuts", pool.cuts());
    figures.put("commits_unknown", pool.commitsUnknown());
    return figures;
  }

  /** Kafka: what the agent says and hears there, and how far its hearing is behind. */
  public static DependencyHealth kafka(
      Standing standing, String agent, RelayFigures relay, Collection<EventConsumer> consumers) {
    List<EventConsumer> own =
        consumers.stream().filter(each -> each.agent().equals(agent)).toList();
    String says = ProtocolNames.topicOfAgent(agent);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put(
        "topics",
        Map.of(
            "says",
            List.of(says),
            "hears",
            own.stream().flatMap(each -> each.topics().stream()).sorted().toList()));
    facts.put("published", relay.published().getOrDefault(says, 0L));
    facts.put("consumer_lag", figures(own).mapToLong(ConsumerFigures::lag).sum());
    facts.put("partitions", figures(own).mapToInt(ConsumerFigures::partitions).sum());
    facts.put("handled", figures(own).mapToLong(ConsumerFigures::handled).sum());
    facts.put("silent_ms", figures(own).mapToLong(ConsumerFigures::silentMs).max().orElse(0));
    return new DependencyHealth(
        "kafka", state(standing, Capability.KAFKA_OUT, Capability.KAFKA_IN), facts);
  }

  private static Stream<ConsumerFigures> figures(List<EventConsumer> consumers) {
    return consumers.stream().map(EventConsumer::figures);
  }

  /** Redis, by the guard that stands before it. */
  public static DependencyHealth redis(GuardState guard) {
    State state =
        switch (guard.state()) {
          case CLOSED -> State.CONNECTED;
          case HALF_OPEN -> State.DEGRADED;
          case OPEN -> State.DISCONNECTED;
        };
    return new DependencyHealth("redis", state);
  }

  private static State state(Standing standing, Capability one, Capability other) {
    boolean down =
        standing.reasons().stream()
            .map(Standing.Reason::subject)
            .anyMatch(subject -> subject.equals(one.label()) || subject.equals(other.label()));
    return down ? State.DISCONNECTED : State.CONNECTED;
  }
}
