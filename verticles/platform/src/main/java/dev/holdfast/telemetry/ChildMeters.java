package dev.holdfast.telemetry;

import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** One supervised child. */
public final class ChildMeters {
  /** Every supervised child is an agent. */
  private static final String WORKER_TYPE = "agent";

  private final Map<RestartReason, Counter> restarts = new EnumMap<>(RestartReason.class);
  private final Reading up;
  private final Meters meters;
  private final String child;
  private final Histogram detection;
  private final Histogram recovery;

  /** Why a child was started anew. */
  public enum RestartReason {
    FAILED_START,
    UNCAUGHT_EXCEPTION,
    MISSED_BEATS,
    NO_PROGRESS,
    UNPROVEN,
    ESCALATED,
    /** A sibling's restart took it along. */
    SIBLING,
    /** A person asked for it. */
    REQUESTED
  }

  ChildMeters(Meters meters, String child) {
    this.meters = meters;
    this.child = child;
    up = meters.reading(Catalogue.CHILD_UP, child);
    detection = meters.histogram(Catalogue.DETECTION, child);
    recovery = meters.histogram(Catalogue.RECOVERY, child);
    for (RestartReason reason : RestartReason.values()) {
      String text = reason.name().toLowerCase(Locale.ROOT);
      Counter counter = meters.counter(Catalogue.RESTARTS, child, text);
      restarts.put(reason, counter);
      meters.alias(GivenMeter.WORKER_RESTARTS, counter, child, text);
    }
    meters.alias(GivenMeter.WORKER_HEALTH, up, child, WORKER_TYPE);
  }

  /** The child is started anew. */
  public void restarted(RestartReason reason) {
    restarts.get(reason).increment();
  }

  /**
   * A fault came to its end.
   *
   * @param rung the rung of the ladder that was taken
   * @param outcome how it ended
   * @param toDetection from the fault to its detection
   */
  public void ended(String rung, String outcome, Duration toDetection) {
    meters.counter(Catalogue.RUNGS, child, rung).increment();
    meters.counter(Catalogue.INCIDENTS, child, outcome).increment();
    detection.record(seconds(toDetection));
  }

  /** It was proven well so long after its first fault. */
  public void recovered(Duration time) {
    recovery.record(seconds(time));
  }

  private static double seconds(Duration time) {
    return Math.max(0, time.toNanos()) / 1e9;
  }

  /** 1 while it runs, else 0. */
  public Reading up() {
    return up;
  }
}
