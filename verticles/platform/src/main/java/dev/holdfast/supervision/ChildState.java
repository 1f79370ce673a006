package dev.holdfast.supervision;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one child at one moment.
 *
 * @param id as in its spec
 * @param group the group it belongs to
 * @param critical as in its spec
 * @param phase where it is in its life
 * @param detail why it is there, for an operator; may be empty
 * @param since when it came there
 * @param proven whether real work has succeeded in its present life
 * @param epoch the number of its present or last life, growing
 * @param restarts how often it was started anew since the supervisor began, by reason
 * @param lastExit how its last life ended, if one did
 */
public record ChildState(
    String id,
    String group,
    boolean critical,
    Phase phase,
    String detail,
    Instant since,
    boolean proven,
    long epoch,
    Map<Signal, Long> restarts,
    Optional<Exit> lastExit) {

  public ChildState {
    restarts = Map.copyOf(restarts);
  }

  /** Restarts for all reasons. */
  public long restartCount() {
    return restarts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** It runs, and real work has succeeded. */
  public boolean isWell() {
    return phase == Phase.RUNNING && proven;
  }
}
