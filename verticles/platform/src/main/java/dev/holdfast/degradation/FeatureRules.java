package dev.holdfast.degradation;

import dev.holdfast.degradation.FeatureState.State;
import dev.holdfast.kernel.ErrorSeverity;
import java.util.Optional;

/** Whether a feature is offered. */
final class FeatureRules {
  private static final int WHOLE = 100;
  private static final String INTENT = "accepted as an intent, to be confirmed";

  private FeatureRules() {}

  /**
   * The feature as it stands.
   *
   * @param level its agent's
   * @param mode what is offered at all
   * @param mark what else is known of it
   */
  static FeatureState state(Feature feature, Level level, Mode mode, Optional<FeatureMark> mark) {
    String broken = "level %d, %s".formatted(level.number(), level.label());
    if (level == Level.FAILED) {
      return off(feature, broken);
    }
    boolean asIntent =
        level == Level.DATABASE_FALLBACK && feature.kind() == Feature.Kind.WRITES_OR_INTENT;
    if (feature.kind() != Feature.Kind.READS && !level.commits() && !asIntent) {
      return off(feature, "nothing is written now: " + broken);
    }
    if (mode.compareTo(feature.lowest()) > 0) {
      return off(feature, "not offered in mode " + mode.label());
    }
    if (mark.isPresent()) {
      return marked(feature, mark.get());
    }
    if (asIntent) {
      int left = FeatureMark.left(ErrorSeverity.LOW);
      return of(feature, State.DEGRADED, left, broken, Optional.of(INTENT));
    }
    return of(feature, State.ON, WHOLE, "", Optional.empty());
  }

  private static FeatureState marked(Feature feature, FeatureMark mark) {
    int left = mark.left();
    return of(
        feature, left == 0 ? State.OFF : State.DEGRADED, left, mark.reason(), mark.fallback());
  }

  private static FeatureState off(Feature feature, String reason) {
    return of(feature, State.OFF, 0, reason, Optional.empty());
  }

  private static FeatureState of(
      Feature feature, State state, int percent, String reason, Optional<String> fallback) {
    return new FeatureState(feature.name(), feature.agent(), state, percent, reason, fallback);
  }
}
