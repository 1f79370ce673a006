package dev.holdfast.launcher.settings;

import dev.holdfast.guard.BreakerSettings;
import dev.holdfast.guard.BreakerSettings.Opening;
import dev.holdfast.guard.BreakerSettings.Probing;
import dev.holdfast.guard.GuardSettings;
import dev.holdfast.guard.TripSettings;
import java.time.Duration;

/**
 * How one kind of dependency is guarded.
 *
 * @param failures how many failures in the window open the breaker
 * @param failurePercent which part of the calls in the window they must be; 0: any
 * @param minimumCalls how many calls the window must hold before a part of them decides
 * @param slowMs an answer that took as long is slow
 * @param slowPercent which part of the calls in the window open the breaker when they were slow
 * @param windowMs how long a result counts
 * @param openMs how long the first opening lasts
 * @param openMaxMs what no opening passes; each one in a row lasts twice as long
 * @param probes how many calls are let through afterwards, all of which must succeed
 * @param probeMs the longest a probe may take
 * @param rampMs how long each of three steps lasts in which load comes back; 0: at once
 * @param attemptMs the longest an attempt may take
 * @param running how many attempts may be under way
 * @param waiting how many calls may wait for a place
 * @param retry the name of its waits
 */
public record GuardPresetSettings(
    int failures,
    int failurePercent,
    int minimumCalls,
    int slowMs,
    int slowPercent,
    int windowMs,
    int openMs,
    int openMaxMs,
    int probes,
    int probeMs,
    int rampMs,
    int attemptMs,
    int running,
    int waiting,
    String retry) {
  static final int HOUR_MS = 3_600_000;
  static final int CALLS_MAX = 100_000;
  static final int ATTEMPTS_MAX = 10;
  private static final int MINUTE_MS = 60_000;
  private static final int WHOLE = 100;

  public GuardPresetSettings {
    Ranges.between("failures", 1, CALLS_MAX, failures);
    Ranges.between("failurePercent", 0, WHOLE, failurePercent);
    Ranges.between("minimumCalls", 1, CALLS_MAX, minimumCalls);
    Ranges.between("slowMs", 1, HOUR_MS, slowMs);
    Ranges.between("slowPercent", 1, WHOLE, slowPercent);
    Ranges.between("windowMs", 100, HOUR_MS, windowMs);
    Ranges.between("openMs", 1, HOUR_MS, openMs);
    Ranges.between("openMaxMs", 1, HOUR_MS, openMaxMs);
    Ranges.between("probes", 1, WHOLE, probes);
    Ranges.between("probeMs", 1, MINUTE_MS, probeMs);
    Ranges.between("rampMs", 0, MINUTE_MS, rampMs);
    Ranges.between("attemptMs", 1, HOUR_MS, attemptMs);
    Ranges.between("running", 1, CALLS_MAX, running);
    Ranges.between("waiting", 0, CALLS_MAX, waiting);
  }

  /** A preset as the code has it. */
  static GuardPresetSettings of(GuardSettings settings, String retry) {
    BreakerSettings breaker = settings.breaker();
    TripSettings trip = breaker.trip();
    return new GuardPresetSettings(
        trip.failures(),
        (int) (trip.failureRate() * WHOLE),
        trip.minimumCalls(),
        (int) trip.slowTime().toMillis(),
        (int) (trip.slowRate() * WHOLE),
        (int) trip.window().toMillis(),
        (int) breaker.opening().first().toMillis(),
        (int) breaker.opening().max().toMillis(),
        breaker.probing().probes(),
        (int) breaker.probing().time().toMillis(),
        (int) breaker.probing().rampStep().toMillis(),
        (int) settings.attemptTime().toMillis(),
        settings.running(),
        settings.waiting(),
        retry);
  }

  BreakerSettings breaker(int opensAt, int opensForMs) {
    return new BreakerSettings(
        new TripSettings(
            opensAt,
            failurePercent / (double) WHOLE,
            minimumCalls,
            Duration.ofMillis(slowMs),
            slowPercent / (double) WHOLE,
            Duration.ofMillis(windowMs)),
        new Opening(
            Duration.ofMillis(opensForMs), Duration.ofMillis(Math.max(opensForMs, openMaxMs))),
        new Probing(probes, Duration.ofMillis(probeMs), Duration.ofMillis(rampMs)));
  }

  /** The same, opening at other failures. */
  public GuardPresetSettings opensAt(int count, int percent) {
    return new GuardPresetSettings(
        count,
        percent,
        count,
        slowMs,
        slowPercent,
        windowMs,
        openMs,
        openMaxMs,
        probes,
        probeMs,
        rampMs,
        attemptMs,
        running,
        waiting,
        retry);
  }

  /** The same with openings of another length, all of it the same, and load at once after them. */
  public GuardPresetSettings opensFor(int millis) {
    return new GuardPresetSettings(
        failures,
        failurePercent,
        minimumCalls,
        slowMs,
        slowPercent,
        windowMs,
        millis,
        millis,
        probes,
        probeMs,
        0,
        attemptMs,
        running,
        waiting,
        retry);
  }
}
