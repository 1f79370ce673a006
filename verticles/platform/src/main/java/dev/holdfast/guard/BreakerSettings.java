package dev.holdfast.guard;

import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * When a breaker opens, for how long, and how it closes again: one part for each.
 *
 * @param trip what opens it
 * @param opening how long it stays open
 * @param probing how it closes again
 */
public record BreakerSettings(TripSettings trip, Opening opening, Probing probing) {

  /**
   * How long a breaker stays open.
   *
   * @param first how long the first opening lasts, 1 ms or more
   * @param max what no opening passes; each one in a row lasts twice as long as the one before
   */
  public record Opening(Duration first, Duration max) {
    public Opening {
      if (first.toMillis() < 1 || max.compareTo(first) < 0) {
        throw new IllegalArgumentException(
            "an opening lasts 1 ms or more, and its limit no less, got %s and %s"
                .formatted(first, max));
      }
    }
  }

  /**
   * How a breaker closes again.
   *
   * @param probes how many calls pass while half-open, all of which must succeed, 1 or more
   * @param time the longest a probe may take, 1 ms or more
   * @param rampStep after probes have closed it, how long each of the three steps lasts in which
   *     10, 25 and 50 of a hundred calls pass; zero: all pass at once
   */
  public record Probing(int probes, Duration time, Duration rampStep) {
    public Probing {
      if (probes < 1 || time.toMillis() < 1 || rampStep.isNegative()) {
        throw new IllegalArgumentException(
            "a breaker needs a probe, 1 ms for it, and steps that are not negative");
      }
    }
  }

  /**
   * 5 failures, half of the calls in 10 s, or four of five slower than 5 s; opens for 60 s; 3
   * probes of 5 s; steps of 1 s (E-002, E-003).
   */
  public static final BreakerSettings DEFAULTS =
      new BreakerSettings(
          new TripSettings(5, 0.5, 5, Duration.ofSeconds(5), 0.8, Duration.ofSeconds(10)),
          new Opening(Duration.ofSeconds(60), Duration.ofSeconds(300)),
          new Probing(3, Duration.ofSeconds(5), Duration.ofSeconds(1)));

  /** The same, opened by something else. */
  public BreakerSettings tripping(UnaryOperator<TripSettings> changed) {
    return new BreakerSettings(changed.apply(trip), opening, probing);
  }

  /** The same, opening for another time. */
  public BreakerSettings opening(Duration first, Duration max) {
    return new BreakerSettings(trip, new Opening(first, max), probing);
  }

  /** The same with steps of another length. */
  public BreakerSettings ramping(Duration step) {
    return new BreakerSettings(trip, opening, new Probing(probing.probes, probing.time, step));
  }

  /** The same with probes of another length. */
  public BreakerSettings probing(Duration time) {
    return new BreakerSettings(trip, opening, new Probing(probing.probes, time, probing.rampStep));
  }
}
