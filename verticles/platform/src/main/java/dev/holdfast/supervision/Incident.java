package dev.holdfast.supervision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One fault of one child: what was seen, which rule acted, what it did, and when real work proved
 * it well again.
 *
 * @param id derived from node, child, time and number
 * @param node the process it happened in
 * @param child the id in its spec
 * @param signals what was seen, in order, each as {@code SIGNAL: detail}; one at least
 * @param rule the gates' figures that decided what to do
 * @param action what was done; empty until it was
 * @param faultAt when it happened, as far as it is known
 * @param detectedAt when the supervisor heard of it
 * @param actedAt when it acted
 * @param provenAt when the child's proof succeeded
 * @param outcome how it ended
 */
public record Incident(
    UUID id,
    String node,
    String child,
    List<String> signals,
    String rule,
    String action,
    Instant faultAt,
    Instant detectedAt,
    Optional<Instant> actedAt,
    Optional<Instant> provenAt,
    Outcome outcome) {
  private static final int SIGNAL_LIMIT = 16;

  /** How an incident stands. */
  public enum Outcome {
    /** Not ended yet. */
    OPEN,
    /** The child's proof has succeeded. */
    RECOVERED,
    /** The child crashed again before it was proven. */
    RELAPSED,
    /** The child was given up until a person unparks it. */
    PARKED,
    /** The supervisor stopped before the child was proven. */
    STOPPED
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
    return new Incident(
        id, node, child, more, rule, action, faultAt, detectedAt, actedAt, provenAt, outcome);
  }

  /** The same with what was done; the first act counts. */
  Incident acted(String what, Instant at) {
    return actedAt.isPresent()
        ? this
        : new Incident(
            id,
            node,
            child,
            signals,
            rule,
            what,
            faultAt,
            detectedAt,
            Optional.of(at),
            provenAt,
            outcome);
  }

  /** The same, ended by a proof. */
  Incident proven(Instant at) {
    return new Incident(
        id,
        node,
        child,
        signals,
        rule,
        action,
        faultAt,
        detectedAt,
        actedAt,
        Optional.of(at),
        Outcome.RECOVERED);
  }

  /** The same, ended otherwise. */
  Incident ended(Outcome how) {
    return new Incident(
        id, node, child, signals, rule, action, faultAt, detectedAt, actedAt, provenAt, how);
  }
}
