package dev.holdfast.telemetry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * Our series as Prometheus' text, format 0.0.4, line for line what Micrometer's own registry would
 * show. All that does not change of a line is made once, with its series; a scrape writes figures
 * behind it and makes neither labels nor snapshots of points. Safe on any thread.
 */
final class Exposition {
  /** Labels by which a series belongs to an agent. */
  static final List<String> OWNERS =
      List.of("agent_id", "agent", "agent_type", "worker_name", "topic", "child");

  private final Map<Meter, Queue<SeriesText>> byMeter = new ConcurrentHashMap<>();
  private final MetricNames names;
  private volatile int lastLength = 8 * 1024;

  /** Nothing yet. */
  Exposition(MetricNames names) {
    this.names = names;
  }

  /** From now on it is shown. */
  void add(Series series, Object handle) {
    byMeter
        .computeIfAbsent(series.meter(), first -> new ConcurrentLinkedQueue<>())
        .add(SeriesText.of(names.of(series.meter()), series, handle));
  }

  /** Everything. */
  String text() {
    StringBuilder text = new StringBuilder(lastLength + lastLength / 8);
    write(text, meter -> true, series -> true);
    lastLength = text.length();
    return text.toString();
  }

  /** What carries the agent's name. */
  String textOf(String agent) {
    StringBuilder text = new StringBuilder();
    write(text, meter -> true, series -> series.isOf(agent));
    return text.toString();
  }

  /** All series of these meters. */
  String textOf(EnumSet<GivenMeter> meters) {
    StringBuilder text = new StringBuilder();
    write(text, meter -> meter instanceof GivenMeter given && meters.contains(given), all -> true);
    return text.toString();
  }

  private void write(StringBuilder text, Predicate<Meter> meters, Predicate<Series> wanted) {
    List<Meter> sorted = new ArrayList<>(byMeter.keySet());
    sorted.sort(Comparator.comparing(names::of));
    for (Meter meter : sorted) {
      if (meters.test(meter)) {
        write(text, meter, wanted);
      }
    }
  }

  private void write(StringBuilder text, Meter meter, Predicate<Series> wanted) {
    boolean any = false;
    Queue<SeriesText> all = byMeter.get(meter);
    for (SeriesText series : all) {
      if (wanted.test(series.series())) {
        if (!any) {
          head(text, names.of(meter), meter.help(), type(meter));
          any = true;
        }
        series.write(text);
      }
    }
    if (any && meter.kind() == Meter.Kind.HISTOGRAM) {
      head(text, names.of(meter) + "_max", meter.help(), "gauge");
      for (SeriesText series : all) {
        if (wanted.test(series.series())) {
          series.writeMax(text);
        }
      }
    }
  }

  private static String type(Meter meter) {
    return switch (meter.kind()) {
      case COUNTER, FUNCTION_COUNTER -> "counter";
      case GAUGE -> "gauge";
      case HISTOGRAM -> "histogram";
    };
  }

  private static void head(StringBuilder text, String name, String help, String type) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }
}
