package dev.holdfast.performance;

import dev.holdfast.kernel.Clock;
import dev.holdfast.performance.Sample.Operation;
import dev.holdfast.performance.Sample.Sum;
import dev.holdfast.performance.Sample.Times;
import dev.holdfast.telemetry.Catalogue;
import dev.holdfast.telemetry.GivenMeter;
import dev.holdfast.telemetry.Layer;
import dev.holdfast.telemetry.Meter;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.telemetry.SeriesFigures;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Reads the times that the meters have counted. Safe on any thread. */
final class TimeSampler {
  private static final double MILLISECONDS = 1_000;

  private final Meters meters;
  private final Supplier<List<Resource>> resources;
  private final Clock clock;

  TimeSampler(Meters meters, Supplier<List<Resource>> resources, Clock clock) {
    this.meters = meters;
    this.resources = resources;
    this.clock = clock;
  }

  Sample sample() {
    Map<Operation, Times> timed = new HashMap<>();
    add(timed, Catalogue.REQUEST_DURATION, Layer.HTTP, "agent_id", MILLISECONDS);
    add(timed, GivenMeter.AGENT_REQUEST_DURATION, Layer.BUS, "agent_type", 1);
    add(timed, Catalogue.LANE_FLUSH, Layer.LANE, "agent", 1);
    add(timed, GivenMeter.DATABASE_DURATION, Layer.DATABASE, "operation", 1);
    several(
        Catalogue.OPERATION_DURATION,
        (labels, series) ->
            timed.put(
                new Operation(
                    Layer.valueOf(labels.get("layer").toUpperCase(Locale.ROOT)),
                    labels.get("operation")),
                new Times(series.values(), 1)));
    return new Sample(clock.nanoTime(), timed, routes(), Sample.byName(resources.get()));
  }

  private void add(
      Map<Operation, Times> timed, Meter meter, Layer layer, String label, double perSecond) {
    several(
        meter,
        (labels, series) ->
            timed.put(
                new Operation(layer, labels.get(label)), new Times(series.values(), perSecond)));
  }

  private void several(Meter meter, BiConsumer<Map<String, String>, SeriesFigures.Several> taken) {
    for (SeriesFigures series : meters.figuresOf(meter)) {
      if (series instanceof SeriesFigures.Several several) {
        taken.accept(several.labels(), several);
      }
    }
  }

  /** By listener and route; histograms of all routes would be too many series. */
  private Map<Operation, Sum> routes() {
    Map<Operation, Sum> routes = new HashMap<>();
    for (SeriesFigures series : meters.figuresOf(Catalogue.HTTP_ROUTE_SECONDS)) {
      routes.merge(route(series), new Sum(0, value(series)), TimeSampler::together);
    }
    for (SeriesFigures series : meters.figuresOf(Catalogue.HTTP_RESPONSES)) {
      routes.merge(route(series), new Sum((long) value(series), 0), TimeSampler::together);
    }
    return routes;
  }

  private static Sum together(Sum one, Sum other) {
    return new Sum(one.calls() + other.calls(), one.seconds() + other.seconds());
  }

  private static Operation route(SeriesFigures series) {
    return new Operation(
        Layer.HTTP, series.labels().get("agent_id") + " " + series.labels().get("route"));
  }

  private static double value(SeriesFigures series) {
    return series instanceof SeriesFigures.Single single ? single.value() : 0;
  }
}
