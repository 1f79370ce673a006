package dev.holdfast.telemetry;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One alert, as data.
 *
 * @param name of its rule
 * @param fingerprint one alert is active under it at a time
 * @param severity {@code info}, {@code warning}, {@code error} or {@code critical}
 * @param message one sentence for a person; no personal data
 * @param metadata what else it says
 * @param count how often it was seen
 * @param firstSeen when it was raised
 * @param lastSeen when it was seen last
 * @param resolvedAt when it was over, if it is
 */
public record AlertView(
    String name,
    String fingerprint,
    String severity,
    String message,
    Map<String, String> metadata,
    long count,
    Instant firstSeen,
    Instant lastSeen,
    Optional<Instant> resolvedAt) {
  public AlertView {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(severity, "severity");
    metadata = Map.copyOf(metadata);
  }
}
