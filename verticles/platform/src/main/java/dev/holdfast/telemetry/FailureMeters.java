package dev.holdfast.telemetry;

import dev.holdfast.kernel.ErrorCategory;
import dev.holdfast.kernel.ErrorSeverity;

/** Failures that ended in one place. */
public final class FailureMeters {
  private final Meters meters;
  private final String agent;

  FailureMeters(Meters meters, String agent) {
    this.meters = meters;
    this.agent = agent;
  }

  /** One more. Its series is made at the first one: most pairs never happen. */
  public void count(ErrorCategory category, ErrorSeverity severity) {
    meters.counter(Catalogue.FAILURES, agent, category.label(), severity.label()).increment();
  }
}
