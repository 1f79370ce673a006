package dev.holdfast.kernel;

import java.util.Locale;

/** How much an error takes away, from little to all. */
public enum ErrorSeverity {
  /** Minor: one request or attempt, and nobody needs to look. */
  LOW,
  /** Some of what an agent does is late or refused. */
  MEDIUM,
  /** A major function is impaired. */
  HIGH,
  /** The agent, or the process, cannot function. */
  CRITICAL;

  /** In lower case, as logs, meters and documents show it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
