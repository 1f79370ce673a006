package dev.holdfast.launcher.settings;

import dev.holdfast.recovery.RecoveryPolicy;
import dev.holdfast.recovery.RungName;
import dev.holdfast.recovery.RungPolicy;
import dev.holdfast.supervision.Intensity;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

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
 * @param processStartsMax how often a process whose loops are blocked begins anew within the time;
 *     0 for never
 * @param processStartsWithinMs that time
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
    int processStartsMax,
    int processStartsWithinMs) {
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
    Ranges.between("processStartsMax", 0, 100, processStartsMax);
    Ranges.between("processStartsWithinMs", 1_000, 24 * HOUR_MS, processStartsWithinMs);
  }

  static RecoverySettings shipped() {
    return new RecoverySettings(
        5, MINUTE_MS, 2, 3, 4, 5, 2_000, 10_000, MINUTE_MS, MINUTE_MS, 3, 10 * MINUTE_MS);
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
        processStartsMax,
        processStartsWithinMs);
  }

  /** How many crashes an agent may have. */
  public Intensity intensity() {
    return new Intensity(crashesMax, Duration.ofMillis(windowMs));
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
