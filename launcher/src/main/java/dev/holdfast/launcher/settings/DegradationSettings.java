package dev.holdfast.launcher.settings;

import dev.holdfast.commerce.api.ShopFeatures;
import dev.holdfast.degradation.Feature;
import dev.holdfast.degradation.Hysteresis;
import dev.holdfast.degradation.LoadThresholds;
import dev.holdfast.degradation.Mode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When something counts as down or up, from which load on less is offered, and what is offered
 * then.
 *
 * @param probes how the dependencies are probed
 * @param steps how long levels and modes stay
 * @param retryAfterMs what the refused are told to wait, 1000 to 60000
 * @param load from which load on less is offered
 * @param agents which agents the platform's level depends on, and which may use the journal
 * @param features the lowest mode that each feature runs in, by name
 */
public record DegradationSettings(
    ProbeSettings probes,
    StepSettings steps,
    int retryAfterMs,
    LoadSettings load,
    Map<String, AgentPolicy> agents,
    Map<String, Mode> features) {
  private static final int MINUTE_MS = 60_000;

  public DegradationSettings {
    Ranges.between("retryAfterMs", 1_000, MINUTE_MS, retryAfterMs);
    agents = Map.copyOf(agents);
    features = Map.copyOf(features);
  }

  /**
   * How the dependencies are probed.
   *
   * @param everyMs from one probe to the next, 100 to 10000
   * @param answerWithinMs when a probe without an answer has failed, 50 to 10000
   * @param downAfter failed probes that take a capability down, 1 to 100
   * @param downWithinMs within how long they count together, up to 60000
   * @param upAfter good probes in a row before a capability may prove itself, 1 to 100
   * @param steadyMs one that falls again sooner needs more good probes, 0 to 60000
   */
  public record ProbeSettings(
      int everyMs, int answerWithinMs, int downAfter, int downWithinMs, int upAfter, int steadyMs) {
    public ProbeSettings {
      Ranges.between("everyMs", 100, 10_000, everyMs);
      Ranges.between("answerWithinMs", 50, 10_000, answerWithinMs);
      Ranges.between("downAfter", 1, 100, downAfter);
      Ranges.between("downWithinMs", everyMs, MINUTE_MS, downWithinMs);
      Ranges.between("upAfter", 1, 100, upAfter);
      Ranges.between("steadyMs", 0, MINUTE_MS, steadyMs);
    }

    /** From one probe to the next. */
    public Duration every() {
      return Duration.ofMillis(everyMs);
    }

    /** When a probe without an answer has failed. */
    public Duration answerWithin() {
      return Duration.ofMillis(answerWithinMs);
    }
  }

  /**
   * How long levels and modes stay.
   *
   * @param stayMs how long a level that fell stays before it rises, 0 to 60000
   * @param levelMs how long a level that rose stays before it rises further, 0 to 60000
   * @param modeMs how long a mode stays before it offers more, 0 to 60000
   */
  public record StepSettings(int stayMs, int levelMs, int modeMs) {
    public StepSettings {
      Ranges.between("stayMs", 0, MINUTE_MS, stayMs);
      Ranges.between("levelMs", 0, MINUTE_MS, levelMs);
      Ranges.between("modeMs", 0, MINUTE_MS, modeMs);
    }
  }

  /**
   * From which load on less is offered.
   *
   * @param overMs the time that is looked back on, 1000 to 60000
   * @param commandsMin with fewer commands in it, errors and latency say nothing
   * @param calmPercent a threshold is left when the load is below that much of it, 1 to 100
   * @param errorPercent of a hundred commands
   * @param latencyMs of a transaction, on the average
   * @param queueDelayMs of a command that comes now
   */
  public record LoadSettings(
      int overMs,
      int commandsMin,
      int calmPercent,
      Thresholds errorPercent,
      Thresholds latencyMs,
      Thresholds queueDelayMs) {
    public LoadSettings {
      Ranges.between("overMs", 1_000, MINUTE_MS, overMs);
      Ranges.between("calmPercent", 1, 100, calmPercent);
    }

    /** The time that is looked back on. */
    public Duration over() {
      return Duration.ofMillis(overMs);
    }

    /** As the degradation takes them. */
    public LoadThresholds thresholds() {
      return new LoadThresholds(
          errorPercent.steps(), latencyMs.steps(), queueDelayMs.steps(), calmPercent, commandsMin);
    }
  }

  /** From where on each mode holds; ascending, above 0. */
  public record Thresholds(int degraded, int minimal, int emergency) {
    public Thresholds {
      new LoadThresholds.Steps(degraded, minimal, emergency);
    }

    LoadThresholds.Steps steps() {
      return new LoadThresholds.Steps(degraded, minimal, emergency);
    }
  }

  /**
   * What holds for one agent.
   *
   * @param critical whether the platform is only as well as this agent
   * @param journal whether it may use the local journal while the database takes no writes
   */
  public record AgentPolicy(boolean critical, boolean journal) {}

  static DegradationSettings shipped() {
    Map<String, AgentPolicy> agents = new LinkedHashMap<>();
    agents.put("order", new AgentPolicy(true, true));
    List.of("inventory", "product", "payment", "customer", "fraud", "transport", "aftersales")
        .forEach(agent -> agents.put(agent, new AgentPolicy(false, false)));
    Map<String, Mode> features = new LinkedHashMap<>();
    ShopFeatures.all().forEach(feature -> features.put(feature.name(), feature.lowest()));
    return new DegradationSettings(
        new ProbeSettings(500, 900, 3, 3_000, 5, 5_000),
        new StepSettings(4_000, 400, 2_000),
        2_000,
        new LoadSettings(
            5_000,
            50,
            70,
            new Thresholds(20, 50, 80),
            new Thresholds(1_000, 2_000, 2_800),
            new Thresholds(2_000, 8_000, 20_000)),
        agents,
        features);
  }

  /** When something counts as down or up, and how long it stays. */
  public Hysteresis hysteresis() {
    return new Hysteresis(
        probes.downAfter(),
        Duration.ofMillis(probes.downWithinMs()),
        probes.upAfter(),
        Duration.ofMillis(probes.steadyMs()),
        Duration.ofMillis(steps.stayMs()),
        Duration.ofMillis(steps.levelMs()),
        Duration.ofMillis(steps.modeMs()));
  }

  /** The shop's features, each down to its mode. */
  public List<Feature> ofShop() {
    return ShopFeatures.all().stream()
        .map(feature -> feature.downTo(features.get(feature.name())))
        .toList();
  }

  /** What the refused are told to wait. */
  public Duration retryAfter() {
    return Duration.ofMillis(retryAfterMs);
  }
}
