package dev.holdfast.degradation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From load to a mode. */
public final class ModeRules {
  private ModeRules() {}

  /**
   * The mode that the load allows.
   *
   * @param now the mode that the load allowed before; its thresholds are left only when the load
   *     has fallen well below them
   */
  public static Mode of(Load load, LoadThresholds thresholds, Mode now) {
    return pressures(load, thresholds).stream()
        .map(pressure -> pressure.mode(thresholds.calmPercent(), now))
        .reduce(Mode.NORMAL, Mode::orLess);
  }

  /** What of the load keeps the mode from being better, for an operator. */
  public static List<String> reasons(Load load, LoadThresholds thresholds, Mode now) {
    return pressures(load, thresholds).stream()
        .filter(pressure -> pressure.mode(thresholds.calmPercent(), now).compareTo(Mode.NORMAL) > 0)
        .map(
            pressure ->
                String.format(
                    Locale.ROOT,
                    "%s %.0f (%s from %d)",
                    pressure.name(),
                    pressure.value(),
                    Mode.DEGRADED.label(),
                    pressure.steps().degraded()))
        .toList();
  }

  private static List<Pressure> pressures(Load load, LoadThresholds thresholds) {
    List<Pressure> all = new ArrayList<>();
    if (load.commands() >= thresholds.commandsMin()) {
      all.add(new Pressure("error percent", load.errorPercent(), thresholds.errorPercent()));
      all.add(new Pressure("latency ms", load.latencyMs(), thresholds.latencyMs()));
    }
    all.add(new Pressure("queue delay ms", load.queueDelayMs(), thresholds.queueDelayMs()));
    return all;
  }

  private record Pressure(String name, double value, LoadThresholds.Steps steps) {
    Mode mode(int calmPercent, Mode now) {
      Mode mode = Mode.NORMAL;
      for (Mode candidate : Mode.values()) {
        double from = steps.of(candidate);
        boolean isHeld = candidate.compareTo(now) <= 0;
        if (candidate != Mode.NORMAL && value >= (isHeld ? from * calmPercent / 100 : from)) {
          mode = candidate;
        }
      }
      return mode;
    }
  }
}
