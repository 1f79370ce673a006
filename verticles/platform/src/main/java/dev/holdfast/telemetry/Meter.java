package dev.holdfast.telemetry;

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

  /** How it counts. */
  Kind kind();

  /** The name as Prometheus shows it; a histogram's parts add {@code _bucket} and so on. */
  String title();

  /** What one of it is, such as {@code seconds}. */
  String unit();

  /** One sentence for people. */
  String help();

  /** The names of its labels, in the order in which handles are asked for. */
  List<String> labels();

  /** Upper bounds of a histogram's buckets, ascending; empty for other kinds. */
  double[] buckets();

  /** Every meter of the platform, the names that the requirements give first. */
  static List<Meter> all() {
    return Stream.<Meter>concat(Stream.of(GivenMeter.values()), Stream.of(Catalogue.values()))
        .toList();
  }
}
