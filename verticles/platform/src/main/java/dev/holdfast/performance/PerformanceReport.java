package dev.holdfast.performance;

import java.util.List;

/**
 * Where time went in a window.
 *
 * @param windowSeconds its length
 * @param slowest operations with calls in the window, those that took longest on average first
 * @param layers from outside in; one lies within the other, so they must not be added
 * @param resources what can be used up, the most used first
 * @param bottleneck the most used one, if it is used enough to hold work up; else null
 * @param summary one sentence for a person
 */
public record PerformanceReport(
    double windowSeconds,
    List<OperationTimes> slowest,
    List<LayerTimes> layers,
    List<ResourceUse> resources,
    ResourceUse bottleneck,
    String summary) {
  public PerformanceReport {
    slowest = List.copyOf(slowest);
    layers = List.copyOf(layers);
    resources = List.copyOf(resources);
  }

  /**
   * Percentiles in milliseconds; null where only the average is known. How they are derived is said
   * in {@link dev.holdfast.telemetry.Distribution}.
   */
  public record Percentiles(Double p50Ms, Double p95Ms, Double p99Ms) {
    /** Of what has no histogram. */
    static final Percentiles UNKNOWN = new Percentiles(null, null, null);
  }

  /**
   * One operation.
   *
   * @param layer as {@link dev.holdfast.telemetry.Layer#text} says it
   * @param calls ended in the window
   * @param meanMs what one took on average
   * @param totalMs what all took together
   */
  public record OperationTimes(
      String layer,
      String operation,
      long calls,
      double meanMs,
      double totalMs,
      Percentiles percentiles) {}

  /**
   * One layer.
   *
   * @param concurrent how many were under way at the same time on average
   */
  public record LayerTimes(
      String layer,
      long calls,
      double meanMs,
      double totalMs,
      double concurrent,
      Percentiles percentiles) {}

  /**
   * One resource.
   *
   * @param used on average
   * @param limit how many there are
   * @param percent the share of it that was used
   * @param waiting who waits for one now
   */
  public record ResourceUse(
      String resource, double used, double limit, double percent, long waiting) {}
}
