package dev.holdfast.telemetry;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.Arrays;

/**
 * The handle of a histogram, in its meter's unit. The registry rounds values up to whole numbers
 * before it looks for their bucket, which would make a second of 3 ms; so it is given seconds as
 * nanoseconds.
 */
final class Histogram {
  private static final double NANOS = 1e9;

  private final double[] bounds;
  private final double scale;
  private final DistributionSummary summary;

  Histogram(Meter meter, Tags tags, MeterRegistry registry) {
    bounds = meter.buckets();
    scale = meter.unit().equals("seconds") ? NANOS : 1;
    summary =
        DistributionSummary.builder(meter.title())
            .description(meter.help())
            .tags(tags)
            .scale(scale)
            .serviceLevelObjectives(Arrays.stream(bounds).map(bound -> bound * scale).toArray())
            .register(registry);
  }

  void record(double value) {
    summary.record(value);
  }

  /** How many values. */
  long count() {
    return summary.count();
  }

  /** All values together. */
  double total() {
    return summary.totalAmount() / scale;
  }

  /** The greatest value of the last minutes. */
  double max() {
    return summary.max() / scale;
  }

  /** What it holds now. */
  Distribution values() {
    HistogramSnapshot now = summary.takeSnapshot();
    CountAtBucket[] buckets = now.histogramCounts();
    long[] upTo = new long[bounds.length];
    for (int at = 0; at < bounds.length; at++) {
      upTo[at] = (long) buckets[at].count();
    }
    return new Distribution(bounds, upTo, now.count(), now.total() / scale);
  }
}
