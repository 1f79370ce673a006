package dev.holdfast.launcher.settings;

import java.util.Locale;
import java.util.Map;

/** How a key is called in the environment. */
final class EnvironmentNames {
  static final String PREFIX = "HOLDFAST_";

  /** Shorter and older names, by what they set; the regular name wins over them. */
  static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("HOLDFAST_DATA", "data.folder"),
          Map.entry("KAFKA_BOOTSTRAP_SERVERS", "kafka.bootstrapServers"),
          Map.entry("PROMETHEUS_PORT", "http.metrics"),
          Map.entry("JWT_SECRET", "tokens.secret"),
          Map.entry("ERROR_HANDLING_ENABLED", "guards.enabled"),
          Map.entry("CIRCUIT_BREAKER_THRESHOLD", "guards.failures"),
          Map.entry("RECOVERY_TIMEOUT", "guards.openMs"),
          Map.entry("RETRY_MAX_ATTEMPTS", "guards.attempts"),
          Map.entry("REDIS_HOST", "redis.host"),
          Map.entry("REDIS_PORT", "redis.port"),
          Map.entry("REDIS_PASSWORD", "redis.password"),
          Map.entry("REDIS_MAX_CONNECTIONS", "redis.maxConnections"),
          Map.entry("OTEL_EXPORTER_OTLP_ENDPOINT", "traces.collector"));

  private EnvironmentNames() {}

  /** {@code postgres.maxConnections} is {@code HOLDFAST_POSTGRES_MAX_CONNECTIONS}. */
  static String of(String key) {
    return PREFIX
        + key.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .replace('.', '_')
            .replace('-', '_')
            .toUpperCase(Locale.ROOT);
  }

  /** The section that a variable speaks of: {@code postgres} is {@code HOLDFAST_POSTGRES_}. */
  static String sectionPrefix(String section) {
    return of(section) + "_";
  }
}
