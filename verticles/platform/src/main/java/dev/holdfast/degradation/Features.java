package dev.holdfast.degradation;

import dev.holdfast.degradation.FeatureState.State;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.ErrorSeverity;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What is offered now: every feature by level, mode and mark; and the admission of requests that
 * follows from it. Safe on any thread, and never waits.
 */
public final class Features implements AdmissionControl {
  private static final String OFF = "feature_off";

  private final Map<String, Feature> byName = new LinkedHashMap<>();
  private final Map<String, Feature> byOperation = new HashMap<>();
  private final Map<String, FeatureMark> marks = new ConcurrentHashMap<>();
  private final Supplier<Standing> standing;
  private final Duration retryAfter;
  private final Clock clock;

  /**
   * @param all every feature there is; an operation belongs to one at most
   * @param standing levels and mode now, {@code degradation::standing}
   * @param retryAfter what the refused are told to wait
   * @throws IllegalArgumentException when a name or an operation stands twice
   */
  public Features(
      List<Feature> all, Supplier<Standing> standing, Duration retryAfter, Clock clock) {
    this.standing = standing;
    this.retryAfter = retryAfter;
    this.clock = clock;
    for (Feature feature : all) {
      once(byName.put(feature.name(), feature), feature.name());
      feature.operations().forEach(each -> once(byOperation.put(each, feature), each));
    }
  }

  private static void once(Feature before, String what) {
    if (before != null) {
      throw new IllegalArgumentException(what + " is a feature, or part of one, twice");
    }
  }

  @Override
  public Admission admit(String agent, String operation, boolean writes) {
    Feature feature = byOperation.get(operation);
    if (feature == null) {
      return Admission.ACCEPT;
    }
    FeatureState state = stateOf(feature);
    if (state.state() == State.OFF) {
      String told =
          "%s (%s) is off: %s.".formatted(feature.title(), feature.name(), state.reason());
      return new Admission.Refuse(OFF, told, retryAfter);
    }
    boolean asIntent =
        feature.kind() == Feature.Kind.WRITES_OR_INTENT
            && standing.get().of(feature.agent()) == Level.DATABASE_FALLBACK;
    return asIntent ? new Admission.AsIntent() : Admission.ACCEPT;
  }

  /**
   * Whether a feature is offered, in full or in part.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public boolean isOn(String name) {
    return stateOf(known(name)).state() != State.OFF;
  }

  /**
   * Marks a feature: it goes on with what is left of it, or, with {@link ErrorSeverity#CRITICAL},
   * is refused from now on. A mark before it is replaced.
   *
   * @param reason what is wrong, for people
   * @param fallback what is done instead; empty for nothing
   * @throws IllegalArgumentException when there is none of that name
   */
  public FeatureState mark(
      String name, String reason, ErrorSeverity severity, Optional<String> fallback) {
    Feature feature = known(name);
    marks.put(name, new FeatureMark(reason, severity, fallback, clock.now()));
    return stateOf(feature);
  }

  /** Takes the mark off; nothing happens when there is none. */
  public FeatureState unmark(String name) {
    Feature feature = known(name);
    marks.remove(name);
    return stateOf(feature);
  }

  private Feature known(String name) {
    Feature feature = byName.get(name);
    if (feature == null) {
      throw new IllegalArgumentException("no feature " + name);
    }
    return feature;
  }

  private FeatureState stateOf(Feature feature) {
    Standing now = standing.get();
    return FeatureRules.state(
        feature,
        now.of(feature.agent()),
        now.mode(),
        Optional.ofNullable(marks.get(feature.name())));
  }

  /** Every feature as it stands, in the order of declaration. */
  public List<FeatureState> states() {
    return byName.values().stream().map(this::stateOf).toList();
  }

  /** How much of all features is left, 0 to 100. */
  public int healthPercent() {
    return (int) states().stream().mapToInt(FeatureState::percent).average().orElse(100);
  }
}
