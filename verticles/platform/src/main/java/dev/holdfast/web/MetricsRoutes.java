package dev.holdfast.web;

import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.Distribution;
import dev.holdfast.telemetry.HealthSource;
import dev.holdfast.telemetry.Meter;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.telemetry.SeriesFigures;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * One agent's series (E-114, E-115): as Prometheus' text, and as JSON with the counts, sums and
 * percentiles of histograms. How percentiles are derived is said in {@link Distribution}.
 */
final class MetricsRoutes {
  static final String TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final HealthSource source;
  private final Meters meters;
  private final Clock clock;

  MetricsRoutes(HealthSource source, Meters meters, Clock clock) {
    this.source = source;
    this.meters = meters;
    this.clock = clock;
  }

  void on(Router router) {
    router.get("/metrics").handler(this::text);
    router.get("/metrics/json").handler(this::json);
  }

  private void text(RoutingContext context) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, TEXT_TYPE)
        .end(meters.textOf(source.health().agent()));
  }

  private void json(RoutingContext context) {
    var health = source.health();
    JsonAnswer.send(
        context,
        200,
        new JsonObject()
            .put("agent_id", health.agent())
            .put("uptime_seconds", health.uptime().toSeconds())
            .put("timestamp", clock.now().toString())
            .put("metrics", all(meters.figuresOf(health.agent()))));
  }

  private static JsonObject all(List<SeriesFigures> figures) {
    JsonObject all = new JsonObject();
    figures.stream()
        .sorted(
            Comparator.comparing(SeriesFigures::name).thenComparing(one -> one.labels().toString()))
        .forEach(one -> seriesOf(all, one).add(shown(one)));
    return all;
  }

  private static JsonArray seriesOf(JsonObject all, SeriesFigures one) {
    Meter meter = one.meter();
    if (!all.containsKey(one.name())) {
      all.put(
          one.name(),
          new JsonObject()
              .put("type", type(meter))
              .put("unit", meter.unit())
              .put("help", meter.help())
              .put("series", new JsonArray()));
    }
    return all.getJsonObject(one.name()).getJsonArray("series");
  }

  private static String type(Meter meter) {
    return switch (meter.kind()) {
      case COUNTER, FUNCTION_COUNTER -> "counter";
      case GAUGE, HISTOGRAM -> meter.kind().name().toLowerCase(Locale.ROOT);
    };
  }

  private static JsonObject shown(SeriesFigures series) {
    JsonObject shown = new JsonObject().put("labels", new JsonObject());
    series.labels().forEach(shown.getJsonObject("labels")::put);
    return switch (series) {
      case SeriesFigures.Single single -> shown.put("value", single.value());
      case SeriesFigures.Several several -> percentiles(shown, several);
    };
  }

  private static JsonObject percentiles(JsonObject shown, SeriesFigures.Several several) {
    Distribution values = several.values();
    return shown
        .put("count", values.count())
        .put("sum", values.sum())
        .put("avg", values.mean())
        .put("max", several.max())
        .put("p50", percentile(values, 0.5))
        .put("p95", percentile(values, 0.95))
        .put("p99", percentile(values, 0.99));
  }

  /** Null while there are no values. */
  private static Double percentile(Distribution values, double share) {
    var known = values.percentile(share);
    return known.isPresent() ? known.getAsDouble() : null;
  }
}
