package dev.holdfast.degradation;

import dev.holdfast.kernel.ErrorSeverity;
import java.time.Instant;
import java.util.Optional;

/**
 * A feature is known to work less well than it should.
 *
 * @param reason what is wrong, for people
 * @param severity how much of it is lost: little, some, most or all
 * @param fallback what is done instead; empty for nothing
 * @param since when it was marked
 */
public record FeatureMark(
    String reason, ErrorSeverity severity, Optional<String> fallback, Instant since) {

  /** How much of the feature is left, in percent; at 0 it is refused. */
  public int left() {
    return left(severity);
  }

  /** How much of a feature is left under a severity, in percent. */
  static int left(ErrorSeverity severity) {
    return switch (severity) {
      case LOW -> 75;
      case MEDIUM -> 50;
      case HIGH -> 25;
      case CRITICAL -> 0;
    };
  }
}
