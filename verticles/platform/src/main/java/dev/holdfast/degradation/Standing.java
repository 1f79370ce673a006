package dev.holdfast.degradation;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The levels at one moment, and why.
 *
 * @param level the platform's
 * @param since when it came to that level
 * @param reasons what is down or parked, each with its moment; empty when nothing is
 * @param agents the level of each agent
 */
public record Standing(
    Level level, Instant since, List<Reason> reasons, Map<String, Level> agents) {
  public Standing {
    reasons = List.copyOf(reasons);
    agents = Map.copyOf(agents);
  }

  /**
   * One thing that is not as it should be.
   *
   * @param subject a capability's label, or the name of a parked agent
   * @param since when it went down
   * @param text what was seen
   */
  public record Reason(String subject, Instant since, String text) {}
}
