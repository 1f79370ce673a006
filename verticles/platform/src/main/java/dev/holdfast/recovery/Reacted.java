package dev.holdfast.recovery;

import java.time.Instant;
import java.util.Optional;

/**
 * One reaction to one target.
 *
 * @param seen what called for it
 * @param action what was done; empty until it was
 * @param begunAt when it was called for
 * @param endedAt when it was proven or taken back
 */
public record Reacted(
    ReactionName reaction,
    String target,
    String seen,
    String action,
    Instant begunAt,
    Optional<Instant> endedAt,
    Outcome outcome) {
  /** How it stands. */
  public enum Outcome {
    /** Not ended yet. */
    OPEN,
    /** It has helped. */
    PROVEN,
    /** It has not helped in time, or could not be done. */
    UNPROVEN
  }

  static Reacted to(ReactionName reaction, String target, String seen, Instant at) {
    return new Reacted(reaction, target, seen, "", at, Optional.empty(), Outcome.OPEN);
  }

  Reacted acted(String what) {
    String all = action.isEmpty() ? what : action + "; " + what;
    return new Reacted(reaction, target, seen, all, begunAt, endedAt, outcome);
  }

  Reacted ended(Outcome how, Instant at) {
    return new Reacted(reaction, target, seen, action, begunAt, Optional.of(at), how);
  }
}
