package dev.holdfast.launcher.settings;

import dev.holdfast.telemetry.MetricNames;

/**
 * How metrics are named.
 *
 * @param prefix of the names that the requirements give with one; boards and rules have to be
 *     written anew for another
 */
public record MetricsSettings(String prefix) {
  public MetricsSettings {
    var checked = new MetricNames(prefix);
    prefix = checked.prefix();
  }

  static MetricsSettings shipped() {
    return new MetricsSettings(MetricNames.SHIPPED);
  }

  /** The names that follow. */
  public MetricNames names() {
    return new MetricNames(prefix);
  }
}
