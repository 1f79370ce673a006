package dev.holdfast.launcher.settings;

import dev.holdfast.recovery.ReactionName;
import dev.holdfast.recovery.ReactionPolicy;
import dev.holdfast.recovery.RecoveryPolicy;
import dev.holdfast.recovery.RungName;
import dev.holdfast.recovery.RungPolicy;
import dev.holdfast.recovery.ScalingPolicy;
import dev.holdfast.supervision.ChildSpec;
import dev.holdfast.supervision.Escalation;
import dev.holdfast.supervision.GroupSpec;
import dev.holdfast.supervision.Intensity;
import dev.holdfast.supervision.Strategy;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done about an agent that crashes again and again.
 *
 * @param crashesMax crashes of an agent within the window; one more parks it
 * @param windowMs the window's length
 * @param freshResourcesFrom from which crash in the window this rung is taken; 0 for never
 * @param rollbackFrom likewise
 * @param quarantineFrom likewise
 * @param failoverFrom likewise
 * @param actMs how long a rung's action may take
 * @param proofMs how long a new life has to be proven
 * @param configurationProvenMs how long an agent has to be well with a configuration
 * @param quarantineMs how long a quarantined agent takes one command at a time
 * @param group when all of a group that fell too often is started anew
 * @param process when a process whose loops are blocked begins anew
 * @param scaling when an agent's lane is widened and narrowed
 */
public record RecoverySettings(
    int crashesMax,
    int windowMs,
    int freshResourcesFrom,
    int rollbackFrom,
    int quarantineFrom,
    int failoverFrom,
    int actMs,
    int proofMs,
    int configurationProvenMs,
    int quarantineMs,
    GroupStartSettings group,
    ProcessStartSettings process,
    ScalingSettings scaling) {
  private static final int MINUTE_MS = 60_000;
  private static final int HOUR_MS = 60 * MINUTE_MS;

  public RecoverySettings {
    Ranges.between("crashesMax", 1, 100, crashesMax);
    Ranges.between("windowMs", 1_000, HOUR_MS, windowMs);
    Ranges.between("freshResourcesFrom", 0, 100, freshResourcesFrom);
    Ranges.between("rollbackFrom", 0, 100, rollbackFrom);
    Ranges.between("quarantineFrom", 0, 100, quarantineFrom);
    Ranges.between("failoverFrom", 0, 100, failoverFrom);
    Ranges.between("actMs", 1, MINUTE_MS, actMs);
    Ranges.between("proofMs", 1_000, 10 * MINUTE_MS, proofMs);
    Ranges.between("configurationProvenMs", 100, HOUR_MS, configurationProvenMs);
    Ranges.between("quarantineMs", 100, HOUR_MS, quarantineMs);
  }

  /**
   * When all of a group that has had more crashes than it may is started anew, with a clean record.
   *
   * @param startsMax so often within the time; once more and it is parked; 0 for never
   * @param withinMs that time
   * @param restMs how long it stays down before
   */
  public record GroupStartSettings(int startsMax, int withinMs, int restMs) {
    public GroupStartSettings {
      Ranges.between("startsMax", 0, 100, startsMax);
      Ranges.between("withinMs", 1_000, 24 * HOUR_MS, withinMs);
      Ranges.between("restMs", 1, 10 * MINUTE_MS, restMs);
    }

    private Optional<Escalation> escalation() {
      return startsMax == 0
          ? Optional.empty()
          : Optional.of(
              new Escalation(
                  new Intensity(startsMax, Duration.ofMillis(withinMs)),
                  Duration.ofMillis(restMs)));
    }
  }

  /**
   * When a process whose event loops are blocked begins anew.
   *
   * @param startsMax so often within the time; 0 for never
   * @param withinMs that time
   */
  public record ProcessStartSettings(int startsMax, int withinMs) {
    public ProcessStartSettings {
      Ranges.between("startsMax", 0, 100, startsMax);
      Ranges.between("withinMs", 1_000, 24 * HOUR_MS, withinMs);
    }
  }

  /**
   * When an agent's lane is widened and narrowed.
   *
   * @param drainMs what waits should be done within this time
   * @param looks so many looks in a row, a second apart, must show that it will not
   * @param step transactions at the same time by which the lane is widened at once
   * @param most by how many it is widened in all; 0 for never
   * @param headroom connections of the pool that must be free besides
   * @param slowMs transactions that take longer speak against the database
   * @param idleMs how long nothing may wait before the lane is narrowed
   * @param cooldownMs how long a lane is left as it is after a change
   * @param proofMs how long a change has to help before it is taken back
   */
  public record ScalingSettings(
      int drainMs,
      int looks,
      int step,
      int most,
      int headroom,
      int slowMs,
      int idleMs,
      int cooldownMs,
      int proofMs) {
    public ScalingSettings {
      Ranges.between("drainMs", 100, MINUTE_MS, drainMs);
      Ranges.between("looks", 1, 60, looks);
      Ranges.between("step", 1, 8, step);
      Ranges.between("most", 0, 12, most);
      Ranges.between("headroom", 0, 16, headroom);
      Ranges.between("slowMs", 1, MINUTE_MS, slowMs);
      Ranges.between("idleMs", 1_000, HOUR_MS, idleMs);
      Ranges.between("cooldownMs", 0, HOUR_MS, cooldownMs);
      Ranges.between("proofMs", 1_000, 10 * MINUTE_MS, proofMs);
    }

    /** The rules' policy. */
    public ScalingPolicy policy() {
      return new ScalingPolicy(
          Duration.ofMillis(drainMs),
          looks,
          step,
          most,
          headroom,
          Duration.ofMillis(slowMs),
          Duration.ofMillis(idleMs));
    }
  }

  static RecoverySettings shipped() {
    return new RecoverySettings(
        5,
        MINUTE_MS,
        2,
        3,
        4,
        5,
        2_000,
        10_000,
        MINUTE_MS,
        MINUTE_MS,
        new GroupStartSettings(1, 10 * MINUTE_MS, 15_000),
        new ProcessStartSettings(3, 10 * MINUTE_MS),
        new ScalingSettings(2_000, 3, 2, 4, 4, 500, 5 * MINUTE_MS, MINUTE_MS, 10_000));
  }

  /** The same with another time until a configuration is proven. */
  public RecoverySettings withConfigurationProvenMs(int millis) {
    return new RecoverySettings(
        crashesMax,
        windowMs,
        freshResourcesFrom,
        rollbackFrom,
        quarantineFrom,
        failoverFrom,
        actMs,
        proofMs,
        millis,
        quarantineMs,
        group,
        process,
        scaling);
  }

  /** The same with another part, such as {@link ScalingSettings}. */
  public RecoverySettings with(Object part) {
    return RecordShape.with(this, part);
  }

  /** An agent as a group of its own. */
  public GroupSpec groupOf(ChildSpec agent) {
    return new GroupSpec(
        agent.id(), Strategy.ONE_FOR_ONE, intensity(), group.escalation(), List.of(agent));
  }

  /** How many crashes an agent may have before its group escalates. */
  public Intensity intensity() {
    return new Intensity(crashesMax, Duration.ofMillis(windowMs));
  }

  /** What holds for each reaction. A breaker's times are its guard's; people hear after an hour. */
  public Map<ReactionName, ReactionPolicy> reactions() {
    Duration act = Duration.ofMillis(actMs);
    ReactionPolicy scale =
        new ReactionPolicy(
            act, Duration.ofMillis(scaling.proofMs()), Duration.ofMillis(scaling.cooldownMs()));
    return Map.of(
        ReactionName.CIRCUIT_BREAK,
        new ReactionPolicy(act, Duration.ofHours(1), Duration.ZERO),
        ReactionName.SCALE_UP,
        scale,
        ReactionName.SCALE_DOWN,
        scale);
  }

  /** The ladder's policy. */
  public RecoveryPolicy policy() {
    Map<RungName, RungPolicy> rungs = new EnumMap<>(RungName.class);
    rungs.put(RungName.RESTART, rung(1));
    rungs.put(RungName.FRESH_RESOURCES, rung(freshResourcesFrom));
    rungs.put(RungName.ROLLBACK, rung(rollbackFrom));
    rungs.put(RungName.QUARANTINE, rung(quarantineFrom));
    rungs.put(RungName.FAILOVER, rung(failoverFrom));
    return new RecoveryPolicy(rungs);
  }

  private RungPolicy rung(int fromFalls) {
    return new RungPolicy(fromFalls, Duration.ofMillis(actMs), Duration.ofMillis(proofMs));
  }
}
