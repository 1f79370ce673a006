package dev.holdfast.degradation;

import dev.holdfast.kernel.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The memory behind levels and mode. Tell it what was found from one thread or event loop; read
 * {@link #standing} and the changes from any.
 */
public final class Degradation {
  /** Changes of the platform's level that are remembered, and as many of the mode. */
  public static final int CHANGES_LIMIT = 100;

  private final List<AgentNeeds> agents;
  private final Hysteresis hysteresis;
  private final LoadThresholds thresholds;
  private final Clock clock;
  private final DegradationListener listener;
  private final Map<Capability, CapabilityMemory> capabilities = new EnumMap<>(Capability.class);
  private final Map<String, Standing.Reason> parked = new TreeMap<>();
  private final Map<String, LevelMemory> levels = new TreeMap<>();
  private final LevelMemory platform;
  private final Deque<LevelChange> levelChanges = new ArrayDeque<>();
  private final Deque<ModeChange> modeChanges = new ArrayDeque<>();
  private Load load = Load.NONE;
  private Mode loadMode = Mode.NORMAL;
  private Mode mode = Mode.EMERGENCY;
  private Instant modeSince;
  private long modeNanos;
  private boolean settled;
  private volatile Standing standing;
  private volatile List<LevelChange> changes = List.of();
  private volatile List<ModeChange> modes = List.of();

  /**
   * @param agents all agents, with what they need; nothing else is ever a reason
   * @param clock nothing is known of any capability before now
   * @param listener told of every change
   */
  public Degradation(
      List<AgentNeeds> agents,
      Hysteresis hysteresis,
      LoadThresholds thresholds,
      Clock clock,
      DegradationListener listener) {
    this.agents = List.copyOf(agents);
    this.hysteresis = hysteresis;
    this.thresholds = thresholds;
    this.clock = clock;
    this.listener = listener;
    Instant now = clock.now();
    for (AgentNeeds agent : agents) {
      levels.put(agent.agent(), new LevelMemory(hysteresis, now));
      for (Capability need : agent.needs()) {
        capabilities.computeIfAbsent(need, any -> new CapabilityMemory(hysteresis, now));
      }
    }
    this.platform = new LevelMemory(hysteresis, now);
    this.modeSince = now;
    this.standing = stand();
  }

  /**
   * What a probe found. The levels follow with the next {@link #update}, so that what one fault
   * takes down together is one change.
   *
   * @param good whether the capability worked
   * @param text what was seen, for an operator; no secrets
   * @return whether the capability is down and only its proof is missing, see {@link #proven}
   */
  public boolean probed(Capability capability, boolean good, String text) {
    CapabilityMemory memory = capabilities.get(capability);
    if (memory == null) {
      return false;
    }
    if (good) {
      memory.good();
    } else {
      memory.bad(text, clock.nanoTime(), clock.now());
    }
    return memory.wantsProof();
  }

  /** Real work has succeeded: a capability that wants a proof is up again. */
  public void proven(Capability capability) {
    CapabilityMemory memory = capabilities.get(capability);
    if (memory != null) {
      memory.proven(clock.nanoTime(), clock.now());
      update();
    }
  }

  /** An agent was parked. */
  public void parked(String agent, String text) {
    parked.putIfAbsent(agent, new Standing.Reason(agent, clock.now(), text));
    update();
  }

  /** An agent is parked no more. */
  public void unparked(String agent) {
    parked.remove(agent);
    update();
  }

  /** How hard the work was lately. */
  public void loaded(Load measured) {
    load = measured;
    loadMode = ModeRules.of(measured, thresholds, loadMode);
    update();
  }

  /** Follows what was found, and takes the steps that are due; to be called twice a second. */
  public void update() {
    long nanos = clock.nanoTime();
    Instant now = clock.now();
    Set<Capability> down = down();
    boolean steady =
        capabilities.values().stream().allMatch(memory -> memory.steady() || !memory.up());
    List<Standing.Reason> reasons = reasons();
    for (AgentNeeds agent : agents) {
      LevelMemory memory = levels.get(agent.agent());
      Level before = memory.level();
      Level kept = LevelRules.agent(agent, down, parked.keySet());
      if (memory.follow(kept, steady, nanos, now)) {
        listener.levelChanged(new LevelChange(agent.agent(), before, memory.level(), now, reasons));
      }
    }
    Level before = platform.level();
    Level kept = LevelRules.platform(agents, down, parked.keySet());
    boolean changed = platform.follow(kept, steady, nanos, now);
    ModeChange modeChange = followMode(nanos, now, reasons);
    standing = stand();
    if (changed) {
      tell(new LevelChange(LevelChange.PLATFORM, before, platform.level(), now, reasons));
    }
    if (modeChange != null) {
      tell(modeChange);
    }
  }

  private ModeChange followMode(long nanos, Instant now, List<Standing.Reason> reasons) {
    Mode allowed = platform.level().mode().orLess(loadMode);
    Mode next = allowed;
    if (allowed.compareTo(mode) < 0 && settled) {
      boolean stayed = nanos - modeNanos >= hysteresis.modeStep().toNanos();
      next = stayed ? mode.better() : mode;
    }
    if (next == mode) {
      return null;
    }
    settled |= next.compareTo(mode) > 0;
    List<String> why = new ArrayList<>(ModeRules.reasons(load, thresholds, loadMode));
    reasons.forEach(reason -> why.add(reason.subject() + ": " + reason.text()));
    ModeChange change = new ModeChange(mode, next, now, why);
    mode = next;
    modeNanos = nanos;
    modeSince = now;
    return change;
  }

  private void tell(LevelChange change) {
    changes = remembered(levelChanges, change);
    listener.levelChanged(change);
  }

  private void tell(ModeChange change) {
    modes = remembered(modeChanges, change);
    listener.modeChanged(change);
  }

  private static <C> List<C> remembered(Deque<C> all, C change) {
    all.addLast(change);
    if (all.size() > CHANGES_LIMIT) {
      all.removeFirst();
    }
    return List.copyOf(all);
  }

  private Set<Capability> down() {
    Set<Capability> down = EnumSet.noneOf(Capability.class);
    capabilities.forEach(
        (capability, memory) -> {
          if (!memory.up()) {
            down.add(capability);
          }
        });
    return down;
  }

  private List<Standing.Reason> reasons() {
    List<Standing.Reason> reasons = new ArrayList<>();
    capabilities.forEach(
        (capability, memory) -> {
          if (!memory.up()) {
            reasons.add(new Standing.Reason(capability.label(), memory.since(), memory.text()));
          }
        });
    reasons.addAll(parked.values());
    return reasons;
  }

  private Standing stand() {
    Map<String, Standing.OfAgent> each = new TreeMap<>();
    levels.forEach(
        (agent, memory) -> each.put(agent, new Standing.OfAgent(memory.level(), memory.since())));
    return new Standing(
        platform.level(),
        platform.since(),
        mode,
        modeSince,
        reasons(),
        each,
        load,
        ModeRules.reasons(load, thresholds, loadMode));
  }

  /** The levels and the mode now, and why. */
  public Standing standing() {
    return standing;
  }

  /** The last changes of the platform's level, oldest first. */
  public List<LevelChange> changes() {
    return changes;
  }

  /** The last changes of the mode, oldest first. */
  public List<ModeChange> modeChanges() {
    return modes;
  }
}
