package dev.holdfast.performance;

import dev.holdfast.telemetry.Distribution;
import dev.holdfast.telemetry.Layer;
import java.util.List;
import java.util.Map;

/**
 * All that is counted of times at one moment.
 *
 * @param nanos when, by the monotonic clock
 * @param timed operations with a histogram, in the unit of their meter
 * @param summed operations of which only calls and their time together are known
 * @param resources what can be used up
 */
record Sample(
    long nanos,
    Map<Operation, Times> timed,
    Map<Operation, Sum> summed,
    Map<String, Resource> resources) {

  /**
   * @param name within its layer
   */
  record Operation(Layer layer, String name) {}

  /**
   * @param perSecond how many of its unit a second has
   */
  record Times(Distribution values, double perSecond) {}

  record Sum(long calls, double seconds) {}

  Sample {
    timed = Map.copyOf(timed);
    summed = Map.copyOf(summed);
    resources = Map.copyOf(resources);
  }

  static Map<String, Resource> byName(List<Resource> resources) {
    return resources.stream()
        .collect(java.util.stream.Collectors.toMap(Resource::name, each -> each));
  }
}
