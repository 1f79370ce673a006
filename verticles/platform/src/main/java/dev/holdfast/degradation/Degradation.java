package dev.holdfast.degradation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The memory behind the levels. Tell it what was found from one thread or event loop; read {@link
 * #standing} and {@link #changes} from any.
 */
public final class Degradation {
  /** Changes of the platform's level that are remembered. */
  public static final int CHANGES_LIMIT = 100;

  private final List<AgentNeeds> agents;
  private final Set<Capability> needed = EnumSet.noneOf(Capability.class);
  private final Map<Capability, Probed> probed = new EnumMap<>(Capability.class);
  private final Map<String, Standing.Reason> parked = new TreeMap<>();
  private final Deque<LevelChange> remembered = new ArrayDeque<>();
  private final Instant began;
  private volatile Standing standing;
  private volatile List<LevelChange> changes = List.of();

  /**
   * @param agents all agents, with what they need; nothing else is ever a reason
   * @param now from when nothing is known of any capability
   */
  public Degradation(List<AgentNeeds> agents, Instant now) {
    this.agents = List.copyOf(agents);
    this.began = now;
    agents.forEach(agent -> needed.addAll(agent.needs()));
    this.standing = stand(now);
  }

  /**
   * What a probe found.
   *
   * @param up whether the capability works
   * @param text what was seen, for an operator; no secrets
   * @return the change of the platform's level, if it made one
   */
  public Optional<LevelChange> probed(Capability capability, boolean up, String text, Instant now) {
    Probed before = probed.get(capability);
    probed.put(
        capability, before == null ? Probed.first(up, now, text) : before.next(up, now, text));
    return update(now);
  }

  /** An agent was parked. */
  public Optional<LevelChange> parked(String agent, String text, Instant now) {
    parked.putIfAbsent(agent, new Standing.Reason(agent, now, text));
    return update(now);
  }

  /** An agent is parked no more. */
  public Optional<LevelChange> unparked(String agent, Instant now) {
    parked.remove(agent);
    return update(now);
  }

  /** The levels now, and why. */
  public Standing standing() {
    return standing;
  }

  /** The last changes of the platform's level, oldest first. */
  public List<LevelChange> changes() {
    return changes;
  }

  private Optional<LevelChange> update(Instant now) {
    Standing before = standing;
    Standing after = stand(now);
    standing = after;
    if (after.level() == before.level()) {
      return Optional.empty();
    }
    LevelChange change = new LevelChange(before.level(), after.level(), now, after.reasons());
    remembered.addLast(change);
    if (remembered.size() > CHANGES_LIMIT) {
      remembered.removeFirst();
    }
    changes = List.copyOf(remembered);
    return Optional.of(change);
  }

  private Standing stand(Instant now) {
    Set<Capability> down = EnumSet.noneOf(Capability.class);
    List<Standing.Reason> reasons = new ArrayList<>();
    for (Capability capability : needed) {
      Probed last = probed.getOrDefault(capability, Probed.first(false, began, "not probed yet"));
      if (!last.up()) {
        down.add(capability);
        reasons.add(new Standing.Reason(capability.label(), last.since(), last.text()));
      }
    }
    reasons.addAll(parked.values());
    Map<String, Level> levels = new TreeMap<>();
    agents.forEach(
        agent -> levels.put(agent.agent(), LevelRules.agent(agent, down, parked.keySet())));
    Level level = LevelRules.platform(agents, down, parked.keySet());
    boolean same = standing != null && standing.level() == level;
    return new Standing(level, same ? standing.since() : now, reasons, levels);
  }
}
