package dev.holdfast.degradation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is remembered of one capability's probes, and what it counts as. Until it has been up for
 * the first time, it is down, and one good probe with its proof is enough.
 */
final class CapabilityMemory {
  private static final String UNKNOWN = "not probed yet";

  private final Hysteresis hysteresis;
  private final Deque<Long> failures = new ArrayDeque<>();
  private boolean up;
  private boolean everUp;
  private Instant since;
  private String text = UNKNOWN;
  private int good;
  private int needed;
  private long upNanos;

  CapabilityMemory(Hysteresis hysteresis, Instant now) {
    this.hysteresis = hysteresis;
    this.since = now;
    this.needed = 1;
  }

  void good() {
    good++;
  }

  void bad(String seen, long nanos, Instant now) {
    good = 0;
    failures.addLast(nanos);
    while (nanos - failures.getFirst() > hysteresis.downWithin().toNanos()) {
      failures.removeFirst();
    }
    if (up && failures.size() >= hysteresis.downAfter()) {
      fall(seen, nanos, now);
    } else if (!up) {
      text = seen;
    }
  }

  private void fall(String seen, long nanos, Instant now) {
    boolean wasSteady = nanos - upNanos >= hysteresis.steady().toNanos();
    int most = hysteresis.upAfter() * Hysteresis.DAMPED_MAX;
    needed =
        wasSteady
            ? hysteresis.upAfter()
            : Math.min(most, Math.max(needed, hysteresis.upAfter()) * 2);
    up = false;
    since = now;
    text = seen;
  }

  /** Whether enough good probes were seen, so that only the proof is missing. */
  boolean wantsProof() {
    return !up && good >= needed;
  }

  void proven(long nanos, Instant now) {
    if (wantsProof()) {
      if (!everUp) {
        needed = hysteresis.upAfter();
      }
      everUp = true;
      up = true;
      upNanos = nanos;
      since = now;
      failures.clear();
    }
  }

  boolean up() {
    return up;
  }

  /** When it came to what it counts as. */
  Instant since() {
    return since;
  }

  /** What the last failed probe saw. */
  String text() {
    return text;
  }
}
