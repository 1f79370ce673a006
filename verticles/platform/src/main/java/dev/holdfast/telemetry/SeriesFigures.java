package dev.holdfast.telemetry;

import java.util.Map;
import java.util.Objects;

/** One series at one moment, as data: for those who don't read Prometheus' text. */
public sealed interface SeriesFigures {
  /** The name under which its meter is shown. */
  String name();

  /** The meter it belongs to. */
  Meter meter();

  /** Its labels' values, by their names. */
  Map<String, String> labels();

  /** What a counter has counted, or a gauge shows. */
  record Single(String name, Meter meter, Map<String, String> labels, double value)
      implements SeriesFigures {
    public Single {
      Objects.requireNonNull(meter, "meter");
      labels = Map.copyOf(labels);
    }
  }

  /**
   * What a histogram has seen.
   *
   * @param max the greatest value of the last minutes
   */
  record Several(
      String name, Meter meter, Map<String, String> labels, Distribution values, double max)
      implements SeriesFigures {
    public Several {
      Objects.requireNonNull(meter, "meter");
      labels = Map.copyOf(labels);
    }
  }
}
