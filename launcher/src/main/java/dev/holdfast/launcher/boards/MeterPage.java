package dev.holdfast.launcher.boards;

import dev.holdfast.telemetry.Catalogue;
import dev.holdfast.telemetry.GivenMeter;
import dev.holdfast.telemetry.Meter;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code docs/metrics.md}: every meter, for people. */
final class MeterPage {
  private static final String HEAD =
      """
      # Metrics

      Every meter of the platform; written by `./holdfast boards` from the catalogue in the room `telemetry`. `GET /metrics` on port 9091 shows the process, on an agent's port what bears the agent's name.
      Histograms have `_bucket`, `_count` and `_sum`, and `_max` as a gauge. No meter has more than 500 series; what goes beyond is added up under the label value `other`. Beside these, libraries show the virtual
      machine (`jvm_…`) and the processors (`process_…`, `system_…`).

      """;

  private MeterPage() {}

  static String text() {
    StringBuilder page = new StringBuilder(HEAD);
    section(page, "Names that the requirements give", Stream.of(GivenMeter.values()));
    page.append('\n');
    section(page, "Our own", Stream.of(Catalogue.values()));
    return page.toString();
  }

  private static void section(StringBuilder page, String title, Stream<? extends Meter> meters) {
    page.append("## ").append(title).append("\n\n");
    page.append("| name | kind | unit | labels | what it shows |\n|---|---|---|---|---|\n");
    meters.forEach(
        meter ->
            page.append(
                "| `%s` | %s | %s | %s | %s |\n"
                    .formatted(
                        meter.title(), kind(meter), meter.unit(), labels(meter), meter.help())));
  }

  private static String kind(Meter meter) {
    return switch (meter.kind()) {
      case COUNTER, FUNCTION_COUNTER -> "counter";
      case GAUGE, HISTOGRAM -> meter.kind().name().toLowerCase(Locale.ROOT);
    };
  }

  private static String labels(Meter meter) {
    return meter.labels().isEmpty() ? "–" : "`" + String.join("`, `", meter.labels()) + "`";
  }
}
