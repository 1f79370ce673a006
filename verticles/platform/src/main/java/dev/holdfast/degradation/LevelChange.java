package dev.holdfast.degradation;

import java.time.Instant;
import java.util.List;

/**
 * The platform, or one agent, went from one level to another.
 *
 * @param subject {@link #PLATFORM}, or the agent's name
 * @param reasons what was down or parked when it did
 */
public record LevelChange(
    String subject, Level from, Level to, Instant at, List<Standing.Reason> reasons) {
  /** The subject of a change that is no single agent's. */
  public static final String PLATFORM = "platform";

  public LevelChange {
    reasons = List.copyOf(reasons);
  }
}
