package dev.holdfast.supervision;

import dev.holdfast.recovery.Choice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One fault of one child: what was seen, which rung of the ladder was taken and why no other, what
 * it did, and when real work proved the child well again.
 *
 * @param id derived from node, child, time and number
 * @param node the process it happened in
 * @param child the id in its spec
 * @param signals what was seen, in order, each as {@code SIGNAL: detail}; one at least
 * @param choice the rung, its rule, and the alternatives that were refused
 * @param action what was done; empty until it was
 * @param times when
 * @param outcome how it ended
 */
public record Incident(
    UUID id,
    String node,
    String child,
    List<String> signals,
    Choice choice,
    String action,
    Times times,
    Outcome outcome) {
  private static final int SIGNAL_LIMIT = 16;

  /** How an incident stands. */
  public enum Outcome {
    /** Not ended yet. */
    OPEN,
    /** The child's proof has succeeded. */
    RECOVERED,
    /** The child fell again before it was proven. */
    RELAPSED,
    /** The child was given up until a person unparks it. */
    PARKED,
    /** The supervisor stopped before the child was proven. */
    STOPPED
  }

  /**
   * The times of an incident, by the platform's clock.
   *
   * @param brokenSince the fault of the first of the incidents that relapsed into this one
   * @param faultAt when it happened, as far as it is known
   * @param detectedAt when the supervisor heard of it
   * @param actedAt when it acted
   * @param provenAt when the child's proof succeeded
   * @param notifiedAt when people were told
   */
  public record Times(
      Instant brokenSince,
      Instant faultAt,
      Instant detectedAt,
      Optional<Instant> actedAt,
      Optional<Instant> provenAt,
      Optional<Instant> notifiedAt) {

    /** Of a fault that nothing was done about yet. */
    static Times of(Instant brokenSince, Instant faultAt, Instant detectedAt) {
      return new Times(
          brokenSince, faultAt, detectedAt, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Times acted(Instant at) {
      return new Times(brokenSince, faultAt, detectedAt, Optional.of(at), provenAt, notifiedAt);
    }

    private Times proven(Instant at) {
      return new Times(brokenSince, faultAt, detectedAt, actedAt, Optional.of(at), notifiedAt);
    }

    private Times notified(Instant at) {
      return new Times(brokenSince, faultAt, detectedAt, actedAt, provenAt, Optional.of(at));
    }

    /** From the fault to its detection. */
    public Duration toDetection() {
      return Duration.between(faultAt, detectedAt);
    }

    /** From the first fault to the proof, if there was one. */
    public Optional<Duration> toProof() {
      return provenAt.map(at -> Duration.between(brokenSince, at));
    }
  }

  public Incident {
    signals = List.copyOf(signals);
  }

  static String signal(Exit exit) {
    return exit.signal() + ": " + exit.detail();
  }

  /** The same with one more thing that was seen; the first sixteen are kept. */
  Incident seen(Exit exit) {
    if (signals.size() >= SIGNAL_LIMIT || signals.contains(signal(exit))) {
      return this;
    }
    List<String> more = new ArrayList<>(signals);
    more.add(signal(exit));
    return new Incident(id, node, child, more, choice, action, times, outcome);
  }

  /** The same with what was done; the first act counts. */
  Incident acted(String what, Instant at) {
    return times.actedAt().isPresent()
        ? this
        : new Incident(id, node, child, signals, choice, what, times.acted(at), outcome);
  }

  /** The same, told to people. */
  Incident notified(Instant at) {
    return new Incident(id, node, child, signals, choice, action, times.notified(at), outcome);
  }

  /** The same, ended by a proof. */
  Incident proven(Instant at) {
    return new Incident(
        id, node, child, signals, choice, action, times.proven(at), Outcome.RECOVERED);
  }

  /** The same, ended otherwise. */
  Incident ended(Outcome how) {
    return new Incident(id, node, child, signals, choice, action, times, how);
  }
}
