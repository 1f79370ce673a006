package dev.holdfast.degradation;

import java.time.Instant;
import java.util.List;

/**
 * What is offered became more or less.
 *
 * @param reasons the level or the load that asked for it; empty on the way back to normal
 */
public record ModeChange(Mode from, Mode to, Instant at, List<String> reasons) {
  public ModeChange {
    reasons = List.copyOf(reasons);
  }
}
