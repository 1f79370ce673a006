package dev.holdfast.commerce.partners;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How a simulated partner behaves.
 *
 * @param seed the same seed and keys meet the same faults
 * @param rates the share of operations that meet a fault, 0 to 1 each, together at most 1, and
 *     those of notices by themselves; a fault that is not named never happens by itself
 * @param notices the share of payments that the provider gives notice of, 0 to 1; those with a
 *     notice fault come on top
 * @param slowBy how long a slow answer takes
 * @param lateBy how long a request is held up that arrives late
 * @param noticeLateBy how long a late notice takes
 * @param deliveredAfter from handing over to the delivery; zero for at once, then nothing is told
 *     of the collection
 */
public record SimulatorSettings(
    long seed,
    Map<Fault, Double> rates,
    double notices,
    Duration slowBy,
    Duration lateBy,
    Duration noticeLateBy,
    Duration deliveredAfter) {

  public SimulatorSettings {
    rates = Map.copyOf(rates);
    share("notices", notices);
    rates.forEach((fault, rate) -> share(fault.name(), rate));
    share("the sum of the notices' rates", sum(rates, true));
    share("the sum of the other rates", sum(rates, false));
    notNegative("slowBy", slowBy);
    notNegative("lateBy", lateBy);
    notNegative("noticeLateBy", noticeLateBy);
    notNegative("deliveredAfter", deliveredAfter);
  }

  /** No faults but those chosen by token, no notices of payments, delivery at once. */
  public static SimulatorSettings calm(long seed) {
    return new SimulatorSettings(
        seed,
        Map.of(),
        0,
        Duration.ofMillis(800),
        Duration.ofSeconds(3),
        Duration.ofSeconds(2),
        Duration.ZERO);
  }

  /** The same with another rate of a fault. */
  public SimulatorSettings with(Fault fault, double rate) {
    Map<Fault, Double> more = new EnumMap<>(Fault.class);
    more.putAll(rates);
    more.put(fault, rate);
    return new SimulatorSettings(seed, more, notices, slowBy, lateBy, noticeLateBy, deliveredAfter);
  }

  /** The same with notices of another share of payments. */
  public SimulatorSettings withNotices(double share) {
    return new SimulatorSettings(seed, rates, share, slowBy, lateBy, noticeLateBy, deliveredAfter);
  }

  /** The same with other delays. */
  public SimulatorSettings withDelays(Duration slow, Duration late, Duration noticeLate) {
    return new SimulatorSettings(seed, rates, notices, slow, late, noticeLate, deliveredAfter);
  }

  /** The same with another time of delivery. */
  public SimulatorSettings withDeliveryAfter(Duration time) {
    return new SimulatorSettings(seed, rates, notices, slowBy, lateBy, noticeLateBy, time);
  }

  double rate(Fault fault) {
    return rates.getOrDefault(fault, 0.0);
  }

  private static double sum(Map<Fault, Double> rates, boolean ofNotices) {
    return rates.entrySet().stream()
        .filter(rate -> isOfNotices(rate.getKey()) == ofNotices)
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private static boolean isOfNotices(Fault fault) {
    return fault == Fault.DUPLICATE_NOTICE || fault == Fault.LATE_NOTICE;
  }

  private static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be 0 to 1, got " + value);
    }
  }

  private static void notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative, got " + value);
    }
  }
}
