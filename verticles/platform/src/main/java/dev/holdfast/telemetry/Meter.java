package dev.holdfast.telemetry;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One declared meter: what Prometheus is shown, and what boards and rules may ask for. */
public interface Meter {
  /** How a meter counts. */
  enum Kind {
    COUNTER,
    /** A counter whose figure its owner keeps; it is read when scraped. */
    FUNCTION_COUNTER,
    GAUGE,
    HISTOGRAM
  }

  /**
   * All that is declared of a meter.
   *
   * @param kind how it counts
   * @param title the name as Prometheus shows it
   * @param unit what one of it is
   * @param help one sentence for people
   * @param buckets upper bounds of a histogram's buckets, ascending; empty for other kinds
   * @param labels names of its labels, in the order in which handles are asked for
   */
  record Shape(
      Kind kind,
      String title,
      String unit,
      String help,
      List<Double> buckets,
      List<String> labels) {
    static Shape of(
        Kind kind, String title, String unit, String help, double[] buckets, String... labels) {
      return new Shape(
          kind, title, unit, help, Arrays.stream(buckets).boxed().toList(), List.of(labels));
    }
  }

  /** What is declared of it. */
  Shape shape();

  /** How it counts. */
  default Kind kind() {
    return shape().kind();
  }

  /** The name as Prometheus shows it; a histogram's parts add {@code _bucket} and so on. */
  default String title() {
    return shape().title();
  }

  /** What one of it is, such as {@code seconds}. */
  default String unit() {
    return shape().unit();
  }

  /** One sentence for people. */
  default String help() {
    return shape().help();
  }

  /** The names of its labels, in the order in which handles are asked for. */
  default List<String> labels() {
    return shape().labels();
  }

  /** Upper bounds of a histogram's buckets, ascending; empty for other kinds. */
  default double[] buckets() {
    return shape().buckets().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Every meter of the platform, the names that the requirements give first. */
  static List<Meter> all() {
    return Stream.<Meter>concat(Stream.of(GivenMeter.values()), Stream.of(Catalogue.values()))
        .toList();
  }
}
