package dev.holdfast.launcher.settings;

import java.util.Locale;
import java.util.Map;

/** How a key is called in the environment. */
final class EnvironmentNames {
  static final String PREFIX = "HOLDFAST_";

  /** Shorter and older names, by what they set; the regular name wins over them. */
  static final Map<String, String> OTHERS =
      Map.of(
          "HOLDFAST_DATA", "data.folder",
          "KAFKA_BOOTSTRAP_SERVERS", "kafka.bootstrapServers",
          "PROMETHEUS_PORT", "http.metrics",
          "JWT_SECRET", "tokens.secret",
          "ERROR_HANDLING_ENABLED", "guards.enabled",
          "CIRCUIT_BREAKER_THRESHOLD", "guards.failures",
          "RECOVERY_TIMEOUT", "guards.openMs",
          "RETRY_MAX_ATTEMPTS", "guards.attempts");

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
