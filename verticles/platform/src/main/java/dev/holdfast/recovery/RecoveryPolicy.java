package dev.holdfast.recovery;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * The ladder's policy.
 *
 * @param rungs what holds for each rung but {@link RungName#PARK}; {@link RungName#RESTART} is
 *     taken from the first fall on, and no rung before one beneath it
 */
public record RecoveryPolicy(Map<RungName, RungPolicy> rungs) {
  private static final Duration ACT = Duration.ofSeconds(2);
  private static final Duration PROOF = Duration.ofSeconds(10);

  public RecoveryPolicy {
    EnumMap<RungName, RungPolicy> ordered = new EnumMap<>(rungs);
    int before = 1;
    for (RungName name : RungName.values()) {
      if (name == RungName.PARK) {
        continue;
      }
      RungPolicy rung = ordered.get(name);
      if (rung == null) {
        throw new IllegalArgumentException("the ladder lacks " + name.label());
      }
      if (name == RungName.RESTART && rung.fromFalls() != 1) {
        throw new IllegalArgumentException("restart must be taken from the first fall on");
      }
      if (rung.fromFalls() != 0) {
        if (rung.fromFalls() < before) {
          throw new IllegalArgumentException(
              name.label() + " must not be taken before a rung beneath it");
        }
        before = rung.fromFalls();
      }
    }
    rungs = Map.copyOf(ordered);
  }

  /**
   * The first fall a restart, and each further one the next rung; 2 s to act, 10 s to be proven.
   */
  public static RecoveryPolicy shipped() {
    EnumMap<RungName, RungPolicy> rungs = new EnumMap<>(RungName.class);
    int fromFalls = 1;
    for (RungName name : RungName.values()) {
      if (name != RungName.PARK) {
        rungs.put(name, new RungPolicy(fromFalls++, ACT, PROOF));
      }
    }
    return new RecoveryPolicy(rungs);
  }

  /** What holds for that rung. */
  public RungPolicy of(RungName name) {
    return rungs.get(name);
  }
}
