package dev.holdfast.launcher.drill;

import dev.holdfast.launcher.drill.Goal.Step;
import java.util.List;

/** What drills have to reach: all there is to change when a level or a rung is added. */
public final class DrillGoals {
  private static final int OUTAGE_MS = 8_000;

  /** The loss of a broker is believed when it was silent for ten seconds. */
  private static final int LONG_OUTAGE_MS = 12_000;

  private static final int INSTANT_MS = 1_000;

  /**
   * In the order of levels and of the ladder. A goal without faults is reached by itself or not at
   * all.
   */
  public static final List<Goal> ALL =
      List.of(
          new Goal("level 0", true, List.of()),
          new Goal("level 1", true, List.of(new Step("cut", "postgres", OUTAGE_MS))),
          new Goal("level 2", true, List.of(new Step("stop", "kafka", LONG_OUTAGE_MS))),
          new Goal(
              "level 3",
              true,
              List.of(
                  new Step("half-open", "postgres", OUTAGE_MS),
                  new Step("cut", "kafka", OUTAGE_MS))),
          new Goal("level 4", false, List.of(new Step("freeze", "postgres", OUTAGE_MS))),
          new Goal("restart", true, List.of(new Step("crash", "inventory", INSTANT_MS))),
          new Goal("fresh resources", false, List.of()),
          new Goal("rollback", false, List.of()),
          new Goal("quarantine", false, List.of()),
          new Goal("failover", false, List.of()));

  /** What happens besides, drawn by the seed: nothing has to be reached by it. */
  static final List<Step> BESIDES =
      List.of(
          new Step("crash", "order", INSTANT_MS),
          new Step("crash", "payment", INSTANT_MS),
          new Step("slow", "order", 5_000),
          new Step("hang", "fraud", 4_000),
          new Step("block-loop", "product", 2_500),
          new Step("kill", "postgres", INSTANT_MS),
          new Step("kill", "kafka", INSTANT_MS),
          new Step("delay", "postgres", 5_000),
          new Step("cut", "postgres", 3_000),
          new Step("swallow-commit", "postgres", 2_000),
          new Step("half-open", "kafka", 4_000),
          new Step("partner-out", "payment", 5_000),
          new Step("partner-faults", "carriers", 8_000));

  private DrillGoals() {}
}
