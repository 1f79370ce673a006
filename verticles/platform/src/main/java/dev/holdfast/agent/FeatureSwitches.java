package dev.holdfast.agent;

/**
 * Says which of an agent's features are offered now. Asked again before each piece of work, because
 * the answer changes; answers from memory, on any thread.
 */
@FunctionalInterface
public interface FeatureSwitches {
  /** Everything is offered. */
  FeatureSwitches ALL_ON = feature -> true;

  /**
   * Whether a feature is offered.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  boolean isOn(String feature);
}
