package dev.holdfast.telemetry;

import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Tokens in use. Safe on any thread. */
public final class SessionMeters {
  private final Meters meters;
  private final Histogram durations;
  private final Map<Cleanup, Counter> cleanups = new EnumMap<>(Cleanup.class);

  /** Why a session ended. */
  public enum Cleanup {
    EXPIRED,
    IDLE,
    /** More sessions than are kept. */
    SIZE_LIMIT
  }

  SessionMeters(Meters meters) {
    this.meters = meters;
    durations = meters.histogram(GivenMeter.SESSION_DURATION);
    for (Cleanup reason : Cleanup.values()) {
      String text = reason.name().toLowerCase(Locale.ROOT);
      cleanups.put(reason, meters.counter(GivenMeter.SESSION_CLEANUPS, text));
    }
  }

  /** Sessions of one role that are going on. */
  public Reading active(String role) {
    return meters.reading(GivenMeter.SESSIONS, role);
  }

  /** A handle for the requests of one role's sessions. */
  public Runnable messages(String role) {
    return meters.counter(GivenMeter.SESSION_MESSAGES, role)::increment;
  }

  /** A session ended. */
  public void ended(Cleanup reason, Duration length) {
    cleanups.get(reason).increment();
    durations.record(Math.max(0, length.toNanos()) / 1e9);
  }
}
