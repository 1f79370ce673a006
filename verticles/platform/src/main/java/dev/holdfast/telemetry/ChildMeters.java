package dev.holdfast.telemetry;

import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** One supervised child. */
public final class ChildMeters {
  private final Map<RestartReason, Counter> restarts = new EnumMap<>(RestartReason.class);
  private final Reading up;

  /** Why a child was started anew. */
  public enum RestartReason {
    FAILED_START,
    UNCAUGHT_EXCEPTION,
    MISSED_BEATS,
    NO_PROGRESS,
    ESCALATED,
    /** A sibling's restart took it along. */
    SIBLING,
    /** A person asked for it. */
    REQUESTED
  }

  ChildMeters(Meters meters, String child) {
    up = meters.reading(Catalogue.CHILD_UP, child);
    for (RestartReason reason : RestartReason.values()) {
      restarts.put(
          reason,
          meters.counter(Catalogue.RESTARTS, child, reason.name().toLowerCase(Locale.ROOT)));
    }
  }

  /** The child is started anew. */
  public void restarted(RestartReason reason) {
    restarts.get(reason).increment();
  }

  /** 1 while it runs, else 0. */
  public Reading up() {
    return up;
  }
}
