package dev.holdfast.telemetry;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How one agent is doing, as its host knows it without asking anybody.
 *
 * @param agent its name
 * @param status where it is in its life
 * @param level what is broken around it: 0 full, 1 database fallback, 2 Kafka unavailable, 3
 *     several down, 4 failed
 * @param reasons why the level is not 0; empty at 0
 * @param uptime since this instance started
 * @param dependencies what it leans on
 * @param features what it offers, by name: {@code on}, {@code degraded} or {@code off}
 * @param processed commands and queries answered since the process started
 * @param errors failures since the process started, refusals not counted
 * @param lastError what failed last, its code, where and when; no personal data
 * @param facts what else its status page shows, such as restarts or waiting commands
 */
public record AgentHealth(
    String agent,
    Status status,
    int level,
    List<String> reasons,
    Duration uptime,
    List<DependencyHealth> dependencies,
    Map<String, String> features,
    long processed,
    long errors,
    Optional<String> lastError,
    Map<String, Object> facts) {

  /** The level at which nothing safe is left. */
  public static final int FAILED_LEVEL = 4;

  /** Where an agent is in its life. */
  public enum Status {
    STARTING,
    RUNNING,
    DEGRADED,
    STOPPING,
    STOPPED,
    ERROR,
    MAINTENANCE;

    /** As it stands in JSON: lower case. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public AgentHealth {
    Objects.requireNonNull(agent, "agent");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(uptime, "uptime");
    Objects.requireNonNull(lastError, "lastError");
    if (level < 0 || level > FAILED_LEVEL) {
      throw new IllegalArgumentException("level must be 0 to 4, got " + level);
    }
    reasons = List.copyOf(reasons);
    dependencies = List.copyOf(dependencies);
    features = Map.copyOf(features);
    facts = Map.copyOf(facts);
  }

  /** Whether work may be sent to it: it has started, and something safe is left. */
  public boolean ready() {
    return (status == Status.RUNNING || status == Status.DEGRADED) && level < FAILED_LEVEL;
  }
}
