package dev.holdfast.launcher.settings;

import dev.holdfast.journal.DrainSettings;
import dev.holdfast.journal.JournalLimits;
import java.time.Duration;
import java.util.Map;

/**
 * The journal of intents, and the snapshots beside it.
 *
 * @param agents whether an agent's commands may be accepted as intents, by its name
 * @param countMax intents that may wait, 1 to 1000000
 * @param bytesMax of what they say together, 1 to 1000000000
 * @param totalMinorMax their value for each currency, in its smallest unit, 1 or more
 * @param singleMinorMax the value of one, likewise
 * @param ageMaxMs how long the oldest may wait before nothing more is taken, 1 to 2000000000
 * @param queueMax what may wait for the journal's thread, 1 to 100000
 * @param groupMax what shares one commit, 1 to 10000
 * @param keptEndedMs how long ends can be seen, 0 to 2000000000
 * @param selfTestMs how often it is tested, 1000 to 2000000000
 * @param drainPerSecond intents executed a second at most, 1 to 10000
 * @param drainAtOnce intents under way at most, 1 to 1000
 * @param drainRestMs how long the drain rests after an outage, 1 to 60000
 * @param snapshotsMax answers kept in memory, 0 to 1000000
 * @param snapshotMaxMs how long one is kept, 1 to 2000000000
 */
public record JournalSettings(
    Map<String, Boolean> agents,
    int countMax,
    int bytesMax,
    int totalMinorMax,
    int singleMinorMax,
    int ageMaxMs,
    int queueMax,
    int groupMax,
    int keptEndedMs,
    int selfTestMs,
    int drainPerSecond,
    int drainAtOnce,
    int drainRestMs,
    int snapshotsMax,
    int snapshotMaxMs) {
  private static final int MILLION = 1_000_000;
  private static final int LONG_MS = 2_000_000_000;
  private static final Duration DRAIN_ASK = Duration.ofSeconds(4);

  public JournalSettings {
    agents = Map.copyOf(agents);
    Ranges.between("countMax", 1, MILLION, countMax);
    Ranges.between("bytesMax", 1, 1_000 * MILLION, bytesMax);
    Ranges.between("totalMinorMax", 1, Integer.MAX_VALUE, totalMinorMax);
    Ranges.between("singleMinorMax", 1, Integer.MAX_VALUE, singleMinorMax);
    Ranges.between("ageMaxMs", 1, LONG_MS, ageMaxMs);
    Ranges.between("queueMax", 1, 100_000, queueMax);
    Ranges.between("groupMax", 1, 10_000, groupMax);
    Ranges.between("keptEndedMs", 0, LONG_MS, keptEndedMs);
    Ranges.between("selfTestMs", 1_000, LONG_MS, selfTestMs);
    Ranges.between("drainPerSecond", 1, 10_000, drainPerSecond);
    Ranges.between("drainAtOnce", 1, 1_000, drainAtOnce);
    Ranges.between("drainRestMs", 1, 60_000, drainRestMs);
    Ranges.between("snapshotsMax", 0, MILLION, snapshotsMax);
    Ranges.between("snapshotMaxMs", 1, LONG_MS, snapshotMaxMs);
  }

  static JournalSettings shipped() {
    return new JournalSettings(
        Map.of("order", true),
        10_000,
        64 * MILLION,
        100 * MILLION,
        MILLION,
        86_400_000,
        4_096,
        256,
        604_800_000,
        86_400_000,
        200,
        64,
        500,
        20_000,
        86_400_000);
  }

  /** Whether the agent's commands may be accepted as intents. */
  public boolean mayUse(String agent) {
    return agents.getOrDefault(agent, false);
  }

  /** What the journal takes in. */
  public JournalLimits limits() {
    return new JournalLimits(
        countMax,
        bytesMax,
        totalMinorMax,
        singleMinorMax,
        Duration.ofMillis(ageMaxMs),
        queueMax,
        groupMax,
        Duration.ofMillis(keptEndedMs));
  }

  /** How intents are executed. */
  public DrainSettings drain() {
    return new DrainSettings(
        drainPerSecond, drainAtOnce, DRAIN_ASK, Duration.ofMillis(drainRestMs));
  }
}
