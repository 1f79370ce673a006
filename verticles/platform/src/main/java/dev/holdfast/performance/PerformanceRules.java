package dev.holdfast.performance;

import dev.holdfast.performance.PerformanceReport.LayerTimes;
import dev.holdfast.performance.PerformanceReport.OperationTimes;
import dev.holdfast.performance.PerformanceReport.Percentiles;
import dev.holdfast.performance.PerformanceReport.ResourceUse;
import dev.holdfast.performance.Sample.Operation;
import dev.holdfast.performance.Sample.Sum;
import dev.holdfast.performance.Sample.Times;
import dev.holdfast.telemetry.Distribution;
import dev.holdfast.telemetry.Layer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** What was gained between samples. */
final class PerformanceRules {
  /** Operations that are shown. */
  static final int SLOWEST = 20;

  /** From here on work waits for a resource often enough to call it the bottleneck, in percent. */
  static final double BOTTLENECK_PERCENT = 70;

  private static final double MS = 1_000;
  private static final double NANOS = 1e9;

  private PerformanceRules() {}

  /**
   * From the first to the last.
   *
   * @param samples in the order of their moments, two at least
   */
  static PerformanceReport report(List<Sample> samples) {
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    double seconds = (last.nanos() - first.nanos()) / NANOS;
    List<OperationTimes> slowest =
        operations(first, last).stream()
            .filter(one -> one.calls() > 0)
            .sorted(Comparator.comparingDouble(OperationTimes::meanMs).reversed())
            .limit(SLOWEST)
            .toList();
    List<LayerTimes> layers = layers(first, last, seconds);
    List<ResourceUse> uses =
        last.resources().values().stream()
            .map(each -> use(each, samples, seconds))
            .sorted(
                Comparator.comparingDouble(ResourceUse::percent)
                    .reversed()
                    .thenComparing(ResourceUse::resource))
            .toList();
    ResourceUse most = uses.isEmpty() ? null : uses.getFirst();
    ResourceUse bottleneck = most != null && most.percent() >= BOTTLENECK_PERCENT ? most : null;
    return new PerformanceReport(
        seconds, slowest, layers, uses, bottleneck, summary(bottleneck, most, slowest));
  }

  private static String summary(
      ResourceUse bottleneck, ResourceUse most, List<OperationTimes> slowest) {
    String slow =
        slowest.isEmpty()
            ? "nothing was done"
            : String.format(
                Locale.ROOT,
                "slowest is %s %s with %.1f ms on average",
                slowest.getFirst().layer(),
                slowest.getFirst().operation(),
                slowest.getFirst().meanMs());
    if (most == null) {
      return "No resource is known; " + slow + ".";
    }
    return String.format(
        Locale.ROOT,
        bottleneck == null
            ? "No bottleneck: %s is used most, %.0f %%; %s."
            : "The bottleneck is %s, %.0f %% used; %s.",
        most.resource(),
        most.percent(),
        slow);
  }

  /** Of HTTP the routes, of other layers what has a histogram. */
  private static List<OperationTimes> operations(Sample first, Sample last) {
    List<OperationTimes> all = new ArrayList<>();
    gained(first, last)
        .forEach(
            (operation, times) -> {
              if (operation.layer() != Layer.HTTP) {
                all.add(
                    new OperationTimes(
                        operation.layer().text(),
                        operation.name(),
                        times.values().count(),
                        times.values().mean() * MS / times.perSecond(),
                        times.values().sum() * MS / times.perSecond(),
                        percentiles(times)));
              }
            });
    last.summed()
        .forEach(
            (operation, now) -> {
              Sum before = first.summed().getOrDefault(operation, new Sum(0, 0));
              long calls = now.calls() - before.calls();
              double ms = (now.seconds() - before.seconds()) * MS;
              all.add(
                  new OperationTimes(
                      operation.layer().text(),
                      operation.name(),
                      calls,
                      calls == 0 ? 0 : ms / calls,
                      ms,
                      Percentiles.UNKNOWN));
            });
    return all;
  }

  private static Map<Operation, Times> gained(Sample first, Sample last) {
    Map<Operation, Times> gained = new HashMap<>();
    last.timed()
        .forEach(
            (operation, now) -> {
              Times before = first.timed().get(operation);
              Distribution values =
                  before == null ? now.values() : now.values().minus(before.values());
              gained.put(operation, new Times(values, now.perSecond()));
            });
    return gained;
  }

  private static List<LayerTimes> layers(Sample first, Sample last, double seconds) {
    Map<Operation, Times> gained = gained(first, last);
    List<LayerTimes> layers = new ArrayList<>();
    for (Layer layer : Layer.values()) {
      gained.entrySet().stream()
          .filter(each -> each.getKey().layer() == layer)
          .map(Map.Entry::getValue)
          .reduce((one, other) -> new Times(one.values().plus(other.values()), one.perSecond()))
          .ifPresent(all -> layers.add(layer(layer, all, seconds)));
    }
    return layers;
  }

  private static LayerTimes layer(Layer layer, Times times, double window) {
    double seconds = times.values().sum() / times.perSecond();
    return new LayerTimes(
        layer.text(),
        times.values().count(),
        times.values().mean() * MS / times.perSecond(),
        seconds * MS,
        window <= 0 ? 0 : seconds / window,
        percentiles(times));
  }

  private static Percentiles percentiles(Times times) {
    return new Percentiles(
        milliseconds(times, 0.5), milliseconds(times, 0.95), milliseconds(times, 0.99));
  }

  private static Double milliseconds(Times times, double share) {
    OptionalDouble value = times.values().percentile(share);
    return value.isPresent() ? value.getAsDouble() * MS / times.perSecond() : null;
  }

  private static ResourceUse use(Resource now, List<Sample> samples, double seconds) {
    double used =
        switch (now) {
          case Resource.Held held -> averageHeld(held.name(), samples);
          case Resource.Busy busy -> busy(busy, samples.getFirst(), seconds);
        };
    return new ResourceUse(now.name(), used, now.limit(), 100 * used / now.limit(), now.waiting());
  }

  private static double averageHeld(String name, List<Sample> samples) {
    return samples.stream()
        .map(sample -> sample.resources().get(name))
        .filter(Resource.Held.class::isInstance)
        .mapToDouble(each -> ((Resource.Held) each).used())
        .average()
        .orElse(0);
  }

  private static double busy(Resource.Busy now, Sample first, double seconds) {
    double before =
        first.resources().get(now.name()) instanceof Resource.Busy then ? then.busySeconds() : 0;
    return seconds <= 0 ? 0 : (now.busySeconds() - before) / seconds;
  }
}
