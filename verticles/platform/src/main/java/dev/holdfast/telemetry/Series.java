package dev.holdfast.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * One series of a meter: the key of its handle.
 *
 * @param labels values, in the order of the meter's labels
 */
record Series(Meter meter, List<String> labels) {
  /** Whether it carries this agent's name. */
  boolean isOf(String agent) {
    for (int at = 0; at < labels.size(); at++) {
      if (Meters.OWNER_LABELS.contains(meter.labels().get(at)) && labels.get(at).equals(agent)) {
        return true;
      }
    }
    return false;
  }

  Tags tags() {
    List<Tag> tags = new ArrayList<>();
    byName().forEach((name, value) -> tags.add(Tag.of(name, value)));
    return Tags.of(tags);
  }

  Map<String, String> byName() {
    Map<String, String> named = new HashMap<>();
    for (int at = 0; at < labels.size(); at++) {
      named.put(meter.labels().get(at), labels.get(at));
    }
    return named;
  }

  /**
   * What its handle holds now.
   *
   * @param name under which the meter is shown
   */
  SeriesFigures read(String name, Object handle) {
    return handle instanceof Histogram histogram
        ? several(name, histogram)
        : new SeriesFigures.Single(name, meter, byName(), reader(handle).getAsDouble());
  }

  /** How the one figure of a handle is read. */
  static DoubleSupplier reader(Object handle) {
    return switch (handle) {
      case Counter counter -> counter::count;
      case FunctionCounter counter -> counter::count;
      case Reading reading -> reading::value;
      default -> throw new IllegalStateException("no handle of ours: " + handle);
    };
  }

  private SeriesFigures several(String name, Histogram histogram) {
    return new SeriesFigures.Several(name, meter, byName(), histogram.values(), histogram.max());
  }
}
