package dev.holdfast.telemetry;

/**
 * Who knows an agent's health. Lives longer than the agent's instances, so that it answers while
 * the agent is restarted.
 */
@FunctionalInterface
public interface HealthSource {
  /** Read from memory; may be called on any thread; never waits, never fails. */
  AgentHealth health();
}
