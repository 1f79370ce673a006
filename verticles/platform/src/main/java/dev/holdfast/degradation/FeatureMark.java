package dev.holdfast.degradation;

import java.time.Instant;
import java.util.Optional;

/**
 * A feature is known to work less well than it should.
 *
 * @param reason what is wrong, for people
 * @param severity how much of it is lost
 * @param fallback what is done instead; empty for nothing
 * @param since when it was marked
 */
public record FeatureMark(
    String reason, Severity severity, Optional<String> fallback, Instant since) {

  /** How much of a feature is lost. */
  public enum Severity {
    /** It works, but slowly or with older figures. */
    MINOR(75),
    /** Half of it does not work. */
    MAJOR(50),
    /** It is of no use and is refused. */
    CRITICAL(0);

    private final int left;

    Severity(int left) {
      this.left = left;
    }

    /** How much of the feature is left, in percent. */
    public int left() {
      return left;
    }
  }
}
