package dev.holdfast.launcher.watch;

import dev.holdfast.degradation.Capability;
import dev.holdfast.degradation.Degradation;
import dev.holdfast.degradation.DegradationListener;
import dev.holdfast.degradation.Features;
import dev.holdfast.degradation.Level;
import dev.holdfast.degradation.LevelChange;
import dev.holdfast.degradation.Mode;
import dev.holdfast.degradation.ModeChange;
import dev.holdfast.degradation.Standing;
import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.DegradationMeters;
import dev.holdfast.telemetry.Meters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells every change of level and mode: in the log, as meters, and to whoever else listens. */
public final class DegradationNotices implements DegradationListener {
  private static final Logger LOG = LoggerFactory.getLogger(DegradationNotices.class);

  private final DegradationMeters meters;
  private final List<DegradationListener> others = new CopyOnWriteArrayList<>();

  DegradationNotices(Meters meters) {
    this.meters = meters.degradation();
  }

  /** From now on it is told every change as well. */
  public void alsoTo(DegradationListener listener) {
    others.add(listener);
  }

  /** Shows the present state as meters, whenever somebody looks. */
  void show(Degradation degradation, Features features, Clock clock) {
    meters.level().from(() -> degradation.standing().level().number());
    meters.levelSeconds().from(() -> seconds(degradation.standing(), clock));
    meters.mode().from(() -> degradation.standing().mode().number());
    meters.health().from(features::healthPercent);
    for (Capability capability : Capability.values()) {
      String label = capability.label();
      meters.capability(label).from(() -> isDown(degradation.standing(), label) ? 0 : 1);
    }
    degradation
        .standing()
        .agents()
        .keySet()
        .forEach(
            agent -> meters.level(agent).from(() -> degradation.standing().of(agent).number()));
  }

  private static boolean isDown(Standing standing, String capability) {
    return standing.reasons().stream().anyMatch(reason -> reason.subject().equals(capability));
  }

  private static double seconds(Standing standing, Clock clock) {
    return Duration.between(standing.since(), clock.now()).toMillis() / 1_000.0;
  }

  private static org.slf4j.event.Level severity(boolean worse) {
    return worse ? org.slf4j.event.Level.WARN : org.slf4j.event.Level.INFO;
  }

  @Override
  public void levelChanged(LevelChange change) {
    if (change.subject().equals(LevelChange.PLATFORM)) {
      meters.changed(change.to().number());
      Level worse = change.from().orWorse(change.to());
      LOG.atLevel(severity(worse == change.to()))
          .log(
              "level {} ({}) after level {}: {}",
              change.to().number(),
              change.to().label(),
              change.from().number(),
              change.reasons());
    }
    others.forEach(listener -> listener.levelChanged(change));
  }

  @Override
  public void modeChanged(ModeChange change) {
    Mode less = change.from().orLess(change.to());
    LOG.atLevel(severity(less == change.to()))
        .log("mode {} after {}: {}", change.to().label(), change.from().label(), change.reasons());
    others.forEach(listener -> listener.modeChanged(change));
  }
}
