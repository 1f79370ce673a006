package dev.holdfast.degradation;

import java.util.Optional;

/**
 * A feature at one moment.
 *
 * @param feature its name
 * @param agent whose it is
 * @param state whether it is offered
 * @param percent how much of it is left, 0 to 100
 * @param reason why not all of it; empty when it is on
 * @param fallback what is done instead, if anything
 */
public record FeatureState(
    String feature,
    String agent,
    State state,
    int percent,
    String reason,
    Optional<String> fallback) {

  /** Whether a feature is offered. */
  public enum State {
    ON,
    DEGRADED,
    OFF
  }
}
