package dev.holdfast.launcher.drill;

import dev.holdfast.launcher.days.Attempts.Attempt;
import dev.holdfast.launcher.drill.Plan.Planned;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that was seen of a drill.
 *
 * @param faults as they were begun, or not
 * @param samples of the level, from outside, in their order
 * @param incidents that the platform told of
 * @param attempts of customers, each with its answer or none
 * @param letters dead letters that were there
 * @param orders that the database has, by number
 * @param troubles what does not balance or did not settle; empty when all does
 */
public record Evidence(
    List<Injected> faults,
    List<Sample> samples,
    List<Seen> incidents,
    List<Attempt> attempts,
    List<Letter> letters,
    Map<String, Recorded> orders,
    List<String> troubles) {
  /**
   * A fault that was asked for.
   *
   * @param begun when it was there; when it was refused, when it was asked for
   * @param until when it ended by itself
   * @param refused why it did not begin; "" when it did
   */
  public record Injected(Planned planned, Instant begun, Instant until, String refused) {}

  /**
   * The level at one moment.
   *
   * @param level 0 to 4; {@link #SILENT} when nobody answered
   * @param active the faults that had not ended, each as {@code cut of postgres}
   */
  public record Sample(Instant at, int level, Set<String> active) {
    /** Nobody said what the level is. */
    public static final int SILENT = -1;

    public Sample {
      active = Set.copyOf(active);
    }
  }

  /**
   * A dead letter.
   *
   * @param seen when it was there
   * @param replayed when it took effect after all, or null
   */
  public record Letter(long number, Instant seen, Instant replayed) {
    /** Whether it took effect after all. */
    public boolean isReplayed() {
      return replayed != null;
    }
  }

  /**
   * An incident.
   *
   * @param child whom it befell
   * @param rung of the ladder that was taken, such as {@code restart}; "" when none was
   * @param proven when it was proven over, or null
   */
  public record Seen(String child, String rung, Instant detected, Instant proven) {}

  /**
   * An order in the database.
   *
   * @param id of the order
   * @param status where it stands
   */
  public record Recorded(String id, String status) {}

  public Evidence {
    faults = List.copyOf(faults);
    samples = List.copyOf(samples);
    incidents = List.copyOf(incidents);
    attempts = List.copyOf(attempts);
    letters = List.copyOf(letters);
    orders = Map.copyOf(orders);
    troubles = List.copyOf(troubles);
  }
}
