package dev.holdfast.degradation;

import java.time.Instant;
import java.util.List;

/**
 * The platform went from one level to another.
 *
 * @param reasons what was down or parked when it did
 */
public record LevelChange(Level from, Level to, Instant at, List<Standing.Reason> reasons) {
  public LevelChange {
    reasons = List.copyOf(reasons);
  }
}
