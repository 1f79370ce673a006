package dev.holdfast.telemetry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/** The lines of one series: all but the figures, made once. */
abstract sealed class SeriesText {
  private final Series series;

  private SeriesText(Series series) {
    this.series = series;
  }

  static SeriesText of(String name, Series series, Object handle) {
    return handle instanceof Histogram histogram
        ? new Several(name, series, histogram)
        : new Single(name, series, Series.reader(handle));
  }

  Series series() {
    return series;
  }

  abstract void write(StringBuilder text);

  /** The greatest value of the last minutes; nothing for what is no histogram. */
  abstract void writeMax(StringBuilder text);

  /**
   * Everything before the figure.
   *
   * @param more a label besides those of the series, or null
   */
  private static String head(String name, Series series, String more, String value) {
    Map<String, String> labels = new TreeMap<>(series.byName());
    List<String> pairs = new ArrayList<>();
    labels.forEach((label, its) -> pairs.add(label + "=\"" + escaped(its) + "\""));
    if (more != null) {
      pairs.add(more + "=\"" + value + "\"");
    }
    return pairs.isEmpty() ? name + " " : name + "{" + String.join(",", pairs) + "} ";
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static void figure(StringBuilder text, double value) {
    if (value == Double.POSITIVE_INFINITY) {
      text.append("+Inf");
    } else if (value == Double.NEGATIVE_INFINITY) {
      text.append("-Inf");
    } else {
      text.append(value);
    }
    text.append('\n');
  }

  /** A counter or a gauge. */
  private static final class Single extends SeriesText {
    private final String head;
    private final DoubleSupplier value;

    Single(String name, Series series, DoubleSupplier value) {
      super(series);
      this.head = head(name, series, null, null);
      this.value = value;
    }

    @Override
    void write(StringBuilder text) {
      figure(text.append(head), value.getAsDouble());
    }

    @Override
    void writeMax(StringBuilder text) {}
  }

  /** A histogram. */
  private static final class Several extends SeriesText {
    private final List<String> buckets;
    private final String count;
    private final String sum;
    private final String max;
    private final Histogram histogram;

    Several(String title, Series series, Histogram histogram) {
      super(series);
      this.histogram = histogram;
      List<String> heads = new ArrayList<>();
      for (double bound : series.meter().buckets()) {
        heads.add(head(title + "_bucket", series, "le", Double.toString(bound)));
      }
      heads.add(head(title + "_bucket", series, "le", "+Inf"));
      this.buckets = Collections.unmodifiableList(heads);
      this.count = head(title + "_count", series, null, null);
      this.sum = head(title + "_sum", series, null, null);
      this.max = head(title + "_max", series, null, null);
    }

    @Override
    void write(StringBuilder text) {
      Distribution now = histogram.values();
      int bounds = buckets.size() - 1;
      for (int at = 0; at < bounds; at++) {
        text.append(buckets.get(at)).append(now.upTo(at)).append('\n');
      }
      text.append(buckets.get(bounds)).append(now.count()).append('\n');
      text.append(count).append(now.count()).append('\n');
      figure(text.append(sum), now.sum());
    }

    @Override
    void writeMax(StringBuilder text) {
      figure(text.append(max), histogram.max());
    }
  }
}
