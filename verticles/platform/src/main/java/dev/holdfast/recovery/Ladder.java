package dev.holdfast.recovery;

import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rungs that there are, under a policy. Those that are not given are refused. */
public final class Ladder {
  private final RecoveryPolicy policy;
  private final Map<RungName, Rung> rungs = new EnumMap<>(RungName.class);

  /**
   * @param rungs one a name at most; a plain restart needs none
   */
  public Ladder(RecoveryPolicy policy, List<Rung> rungs) {
    this.policy = policy;
    for (Rung rung : rungs) {
      if (this.rungs.put(rung.name(), rung) != null || rung.name() == RungName.PARK) {
        throw new IllegalArgumentException("no second or own rung " + rung.name().label());
      }
    }
  }

  /** A ladder whose only rung is the restart. */
  public static Ladder ofRestarts() {
    return new Ladder(RecoveryPolicy.shipped(), List.of());
  }

  /**
   * Which rung answers a fall of the child.
   *
   * @param falls of its group within the window, this one included; 1 or more
   * @param seen the same in words
   */
  public Choice choose(String child, int falls, String seen) {
    return LadderRules.choose(falls, seen, policy, name -> refusal(name, child));
  }

  private Optional<String> refusal(RungName name, String child) {
    Rung rung = rungs.get(name);
    return rung == null ? Optional.of("there is none here") : rung.refusal(child);
  }

  /** Does what the rung is for; completes with what was done, in words, maybe none. */
  public Future<String> act(RungName name, String child) {
    Rung rung = rungs.get(name);
    return rung == null ? Future.succeededFuture("") : rung.act(child);
  }

  /** Whether the child's next life must be on another event loop than its last. */
  public boolean movesLoop(RungName name) {
    Rung rung = rungs.get(name);
    return rung != null && rung.movesLoop();
  }

  /** What holds for that rung. */
  public RungPolicy policyOf(RungName name) {
    return policy.of(name);
  }
}
