package dev.holdfast.degradation;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The levels and the mode at one moment, and why.
 *
 * @param level the platform's
 * @param since when it came to that level
 * @param mode what is offered
 * @param modeSince when it came to that mode
 * @param reasons what is down or parked, each with its moment; empty when nothing is
 * @param agents how each agent stands
 * @param load the load that was told last
 * @param loadReasons what of the load asks for less to be offered
 */
public record Standing(
    Level level,
    Instant since,
    Mode mode,
    Instant modeSince,
    List<Reason> reasons,
    Map<String, OfAgent> agents,
    Load load,
    List<String> loadReasons) {
  public Standing {
    reasons = List.copyOf(reasons);
    agents = Map.copyOf(agents);
    loadReasons = List.copyOf(loadReasons);
  }

  /** The level of one agent, and since when. */
  public record OfAgent(Level level, Instant since) {}

  /**
   * One thing that is not as it should be.
   *
   * @param subject a capability's label, or the name of a parked agent
   * @param since when it went down
   * @param text what was seen
   */
  public record Reason(String subject, Instant since, String text) {}

  /** The level of one agent; full for one that has none. */
  public Level of(String agent) {
    OfAgent own = agents.get(agent);
    return own == null ? Level.FULL : own.level();
  }
}
