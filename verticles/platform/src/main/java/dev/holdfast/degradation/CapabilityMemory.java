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

  /** Good probes in a row that, when the next one fails, are taken for flapping. */
  private static final int FLAPS_FROM = 2;

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
    if (!up && everUp && good >= FLAPS_FROM) {
      needMore();
    }
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
    if (nanos - upNanos >= hysteresis.steady().toNanos()) {
      needed = hysteresis.upAfter();
    } else {
      needMore();
    }
    up = false;
    since = now;
    text = seen;
  }

  /** It flaps: it came back, or nearly so, and fell again. */
  private void needMore() {
    needed = Math.min(hysteresis.upAfter() * Hysteresis.DAMPED_MAX, needed * 2);
  }

  /** Whether enough good probes were seen, so that only the proof is missing. */
  boolean wantsProof() {
    return !up && good >= needed;
  }

  void proven(long nanos, Instant now) {
    if (wantsProof()) {
      needed = Math.max(needed, hysteresis.upAfter());
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

  /** Whether it is up, and nothing says that it is about to fall. */
  boolean steady() {
    return up && good > 0;
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
