package dev.holdfast.launcher.trace;

import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.launcher.settings.TracesSettings;
import dev.holdfast.telemetry.TraceMeters;
import dev.holdfast.trace.TraceSettings;
import dev.holdfast.trace.Traces;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/** Where this process's traces go, as its settings say. */
public final class Collector {
  private Collector() {}

  /**
   * Traces to the collector of the settings; {@link Traces#OFF} when they name none.
   *
   * @param node names the process
   * @param meters where spans are counted
   */
  public static Traces of(Settings settings, String node, TraceMeters meters) {
    TracesSettings traces = settings.traces();
    return traces.isOn()
        ? Traces.to(
            new TraceSettings(
                URI.create(traces.collector()),
                traces.authorization(),
                traces.sampledPercent() / 100.0,
                traces.waitingMax(),
                traces.batchMax(),
                Duration.ofMillis(traces.everyMs()),
                Duration.ofMillis(traces.timeoutMs()),
                node,
                settings.profile().name().toLowerCase(Locale.ROOT)),
            meters)
        : Traces.OFF;
  }
}
