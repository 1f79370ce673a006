package dev.holdfast.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One version of what an agent is made with.
 *
 * @param version 1 for the shipped one, growing
 * @param values by key, all keys of the agent; those that end in {@code Ms} are milliseconds
 * @param origin where it comes from, for an operator
 * @param madeAt when
 * @param provenAt when the agent had been well with it long enough
 * @param failedAt when it was given up for an earlier one
 */
public record Configuration(
    int version,
    Map<String, Integer> values,
    String origin,
    Instant madeAt,
    Optional<Instant> provenAt,
    Optional<Instant> failedAt) {
  public Configuration {
    values = Map.copyOf(values);
  }

  /** One that nothing is known of yet. */
  static Configuration fresh(int version, Map<String, Integer> values, String origin, Instant at) {
    return new Configuration(version, values, origin, at, Optional.empty(), Optional.empty());
  }

  /** The value of a key that the agent has. */
  public int whole(String key) {
    return values.get(key);
  }

  /** The value of a key in milliseconds. */
  public Duration time(String key) {
    return Duration.ofMillis(values.get(key));
  }

  Configuration proven(Instant at) {
    return new Configuration(version, values, origin, madeAt, Optional.of(at), failedAt);
  }

  Configuration failed(Instant at) {
    return new Configuration(version, values, origin, madeAt, provenAt, Optional.of(at));
  }

  boolean isProven() {
    return provenAt.isPresent();
  }

  boolean hasFailed() {
    return failedAt.isPresent();
  }
}
