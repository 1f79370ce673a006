package dev.holdfast.telemetry;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The part of the registry that speaks of one agent, as text. */
final class Exposition {
  /** Labels by which a series belongs to an agent. */
  static final List<String> OWNERS =
      List.of("agent_id", "agent", "agent_type", "worker_name", "topic", "child");

  private final PrometheusMeterRegistry registry;
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

  Exposition(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  String textOf(String agent) {
    List<MetricSnapshot> kept = new ArrayList<>();
    for (MetricSnapshot snapshot : registry.getPrometheusRegistry().scrape()) {
      MetricSnapshot part = part(snapshot, agent);
      if (part != null) {
        kept.add(part);
      }
    }
    return text(kept);
  }

  /** All points of these meters. */
  String textOf(Collection<String> titles) {
    List<MetricSnapshot> kept = new ArrayList<>();
    for (MetricSnapshot snapshot : registry.getPrometheusRegistry().scrape()) {
      String name = snapshot.getMetadata().getPrometheusName();
      if (titles.contains(name) || titles.contains(name + "_total")) {
        kept.add(snapshot);
      }
    }
    return text(kept);
  }

  private String text(List<MetricSnapshot> kept) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(8 * 1024);
    try {
      writer.write(text, new MetricSnapshots(kept));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  /** The snapshot with this agent's points alone; null when it has none. */
  private static MetricSnapshot part(MetricSnapshot snapshot, String agent) {
    return switch (snapshot) {
      case CounterSnapshot counter -> {
        var points = of(agent, counter.getDataPoints());
        yield points.isEmpty() ? null : new CounterSnapshot(counter.getMetadata(), points);
      }
      case GaugeSnapshot gauge -> {
        var points = of(agent, gauge.getDataPoints());
        yield points.isEmpty() ? null : new GaugeSnapshot(gauge.getMetadata(), points);
      }
      case HistogramSnapshot histogram -> {
        var points = of(agent, histogram.getDataPoints());
        yield points.isEmpty() ? null : new HistogramSnapshot(histogram.getMetadata(), points);
      }
      default -> null;
    };
  }

  private static <P extends DataPointSnapshot> List<P> of(String agent, List<P> points) {
    return points.stream()
        .filter(
            point -> OWNERS.stream().anyMatch(label -> agent.equals(point.getLabels().get(label))))
        .toList();
  }
}
