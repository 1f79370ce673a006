package dev.holdfast.degradation;

/** Whoever watches the platform. Told on the thread that told {@link Degradation}; never waits. */
public interface DegradationListener {
  /** A level changed, the platform's or an agent's. */
  void levelChanged(LevelChange change);

  /** The mode changed. */
  void modeChanged(ModeChange change);
}
