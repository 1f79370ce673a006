package dev.holdfast.degradation;

import dev.holdfast.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A platform of three agents, its clock, and what its listener heard. */
final class DegradationStage implements DegradationListener {
  static final Duration PROBE = Duration.ofMillis(500);
  static final Set<Capability> STORES = EnumSet.complementOf(EnumSet.of(Capability.JOURNAL));
  static final LoadThresholds THRESHOLDS =
      new LoadThresholds(
          new LoadThresholds.Steps(20, 50, 80),
          new LoadThresholds.Steps(1_000, 2_000, 3_000),
          new LoadThresholds.Steps(2_000, 8_000, 20_000),
          70,
          50);

  final SettableClock clock = new SettableClock();
  final List<LevelChange> levels = new ArrayList<>();
  final List<LevelChange> ofPlatform = new ArrayList<>();
  final List<ModeChange> modes = new ArrayList<>();
  final Degradation degradation;

  /** The order agent is critical and may use the journal if so said. */
  DegradationStage(boolean journal) {
    AgentNeeds order =
        journal
            ? new AgentNeeds("order", true, EnumSet.allOf(Capability.class))
            : AgentNeeds.ofStores("order", true);
    degradation =
        new Degradation(
            List.of(
                order,
                AgentNeeds.ofStores("product", false),
                new AgentNeeds("documents", false, Set.of(Capability.PG_READ))),
            Hysteresis.standard(),
            THRESHOLDS,
            clock,
            this);
  }

  @Override
  public void levelChanged(LevelChange change) {
    (change.subject().equals(LevelChange.PLATFORM) ? ofPlatform : levels).add(change);
  }

  @Override
  public void modeChanged(ModeChange change) {
    modes.add(change);
  }

  Level level() {
    return degradation.standing().level();
  }

  Mode mode() {
    return degradation.standing().mode();
  }

  /** Everything is up, and has been for a minute. */
  DegradationStage calm() {
    probe(Set.of(), 1);
    pass(Duration.ofMinutes(1));
    ofPlatform.clear();
    levels.clear();
    modes.clear();
    return this;
  }

  /** Some rounds in which all capabilities are probed; those that come back prove themselves. */
  void probe(Set<Capability> down, int rounds) {
    for (int round = 0; round < rounds; round++) {
      clock.advance(PROBE);
      for (Capability capability : Capability.values()) {
        boolean good = !down.contains(capability);
        if (degradation.probed(capability, good, capability.label() + " said " + good)) {
          degradation.proven(capability);
        }
      }
      degradation.update();
    }
  }

  /** Rounds of good probes. */
  void pass(Duration time) {
    probe(Set.of(), (int) (time.toMillis() / PROBE.toMillis()));
  }
}
