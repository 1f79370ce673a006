package dev.holdfast.launcher.watch;

import dev.holdfast.degradation.AgentNeeds;
import dev.holdfast.degradation.Capability;
import dev.holdfast.degradation.Degradation;
import dev.holdfast.degradation.Features;
import dev.holdfast.degradation.LevelHistory;
import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.settings.DegradationSettings;
import dev.holdfast.launcher.settings.DegradationSettings.AgentPolicy;
import dev.holdfast.supervision.TreeState;
import dev.holdfast.telemetry.Meters;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The parts of the degradation, put together by the settings.
 *
 * @param degradation levels and mode
 * @param features what is offered, and the admission of requests
 * @param notices who is told of changes
 * @param history what the levels were before; is to be deployed
 * @param watch what finds out
 */
public record DegradationParts(
    Degradation degradation,
    Features features,
    DegradationNotices notices,
    LevelHistory history,
    DependencyWatch watch) {

  /**
   * Makes the parts; the watch is to be deployed.
   *
   * @param probes of every capability there is; an agent needs the journal only if it may use it
   *     and there is a probe of it
   */
  public static DegradationParts of(
      DegradationSettings settings,
      List<Probe> probes,
      Supplier<TreeState> tree,
      LoadWatch load,
      LevelHistory history,
      Meters meters,
      Clock clock) {
    DegradationNotices notices = new DegradationNotices(meters);
    notices.alsoTo(history);
    Set<Capability> probed = EnumSet.noneOf(Capability.class);
    probes.forEach(probe -> probed.add(probe.capability()));
    Degradation degradation =
        new Degradation(
            settings.agents().entrySet().stream().map(agent -> needs(agent, probed)).toList(),
            settings.hysteresis(),
            settings.load().thresholds(),
            clock,
            notices);
    Features features =
        new Features(settings.ofShop(), degradation::standing, settings.retryAfter(), clock);
    notices.show(degradation, features, clock);
    DependencyWatch watch =
        new DependencyWatch(probes, settings.probes(), tree, load, degradation, clock);
    return new DegradationParts(degradation, features, notices, history, watch);
  }

  private static AgentNeeds needs(Map.Entry<String, AgentPolicy> agent, Set<Capability> probed) {
    Set<Capability> needs = EnumSet.copyOf(probed);
    if (!agent.getValue().journal()) {
      needs.remove(Capability.JOURNAL);
    }
    return new AgentNeeds(agent.getKey(), agent.getValue().critical(), needs);
  }
}
