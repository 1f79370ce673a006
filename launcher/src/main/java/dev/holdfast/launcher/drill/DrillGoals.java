package dev.holdfast.launcher.drill;

import dev.holdfast.launcher.drill.Goal.Step;
import java.util.List;

/** What drills have to reach: all there is to change when a level or a rung is added. */
public final class DrillGoals {
  private static final int OUTAGE_MS = 7_000;
  private static final int INSTANT_MS = 1_000;

  /** Five falls of an agent, with what it waits between them. */
  private static final int CLIMB_MS = 15_000;

  /** By then each agent has been well for the minute that proves its configuration. */
  private static final int PROVEN_MS = 65_000;

  /** In the order of levels and of the ladder. */
  public static final List<Goal> ALL =
      List.of(
          new Goal("level 0", List.of()),
          new Goal(
              "level 1",
              List.of(
                  new Step("cut", "postgres", 8_000),
                  new Step("journal-corrupt", "journal", 5_000, INSTANT_MS))),
          new Goal("level 2", List.of(new Step("cut", "kafka", OUTAGE_MS))),
          new Goal(
              "level 3",
              List.of(
                  new Step("half-open", "postgres", OUTAGE_MS),
                  new Step("cut", "kafka", OUTAGE_MS))),
          new Goal(
              "level 4",
              List.of(
                  new Step("journal-full", "journal", OUTAGE_MS),
                  new Step("cut", "postgres", OUTAGE_MS))),
          new Goal("restart", List.of(new Step("crash", "order", INSTANT_MS))),
          new Goal("fresh resources", List.of()),
          new Goal(
              "rollback", PROVEN_MS, List.of(new Step("bad-configuration", "transport", 3_000))),
          new Goal("quarantine", List.of()),
          new Goal(
              "failover",
              List.of(
                  // With work always under way, so that a command may be to blame.
                  new Step("slow", "inventory", CLIMB_MS),
                  new Step("crash-loop", "inventory", CLIMB_MS))),
          new Goal(Goal.DEAD_LETTER, List.of(new Step("poison", "inventory", 5_000))));

  /** What happens besides, drawn by the seed: nothing has to be reached by it. */
  static final List<Step> BESIDES =
      List.of(
          new Step("crash", "order", INSTANT_MS),
          new Step("crash", "payment", INSTANT_MS),
          new Step("slow", "order", 5_000),
          new Step("hang", "fraud", 4_000),
          new Step("block-loop", "product", 2_500),
          new Step("poison", "payment", 5_000),
          new Step("kill", "postgres", INSTANT_MS),
          new Step("kill", "kafka", INSTANT_MS),
          new Step("freeze", "postgres", 6_000),
          new Step("stop", "kafka", 12_000),
          new Step("delay", "postgres", 5_000),
          new Step("cut", "postgres", 3_000),
          new Step("swallow-commit", "postgres", 2_000),
          new Step("half-open", "kafka", 4_000),
          new Step("journal-corrupt", "journal", INSTANT_MS),
          new Step("partner-out", "payment", 5_000),
          new Step("partner-faults", "carriers", 8_000));

  private DrillGoals() {}
}
