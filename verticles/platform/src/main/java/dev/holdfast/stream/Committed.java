package dev.holdfast.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What this process has committed of late, so that the relay need not read it back. Nothing rests
 * on it: what does not fit, and what another node or a lost answer keeps from it, is found in the
 * table.
 *
 * <p>Events are taken from here without a break in their sequence alone. Where one is missing, it
 * may be an earlier event of the same aggregate, and only the table knows.
 *
 * <p>Given from any thread, taken on the relay's context.
 */
final class Committed {
  /** Some rounds' worth. */
  private static final int ROWS_MAX = 4_096;

  private static final int CHARS_MAX = 8 * 1024 * 1024;

  private final Queue<Unsent> given = new ConcurrentLinkedQueue<>();
  private final AtomicInteger charsGiven = new AtomicInteger();
  private final AtomicInteger rowsGiven = new AtomicInteger();
  private final TreeMap<Long, Unsent> waiting = new TreeMap<>();

  /** Takes events whose transaction is committed; those beyond the limits are dropped. */
  void give(List<Unsent> events) {
    for (Unsent event : events) {
      int length = event.row().body().length();
      if (rowsGiven.get() >= ROWS_MAX || charsGiven.get() + length > CHARS_MAX) {
        return;
      }
      rowsGiven.incrementAndGet();
      charsGiven.addAndGet(length);
      given.add(event);
    }
  }

  /**
   * What comes next at a position, without a break: in its gaps, and then above it.
   *
   * @return nothing when the first of it is not here
   */
  List<Unsent> next(OutboxPosition position, int rowsMax, long charsMax) {
    for (Unsent event = given.poll(); event != null; event = given.poll()) {
      waiting.put(event.seq(), event);
    }
    Taking taking = new Taking(rowsMax, charsMax);
    for (OutboxPosition.Gap gap : position.toRead()) {
      if (!taking.all(gap.first(), gap.last())) {
        return taking.events;
      }
    }
    taking.all(position.toldTo() + 1, Long.MAX_VALUE);
    return taking.events;
  }

  /** Drops what was told up to a position, or is not to be read there. */
  void forget(OutboxPosition position) {
    waiting.values().removeIf(event -> !position.isToRead(event.seq()) && drop(event));
  }

  /** Drops everything. */
  void clear() {
    next(new OutboxPosition(0, 0, List.of()), 0, 0);
    waiting.values().removeIf(this::drop);
  }

  private boolean drop(Unsent event) {
    rowsGiven.decrementAndGet();
    charsGiven.addAndGet(-event.row().body().length());
    return true;
  }

  /** One walk along the sequence. */
  private final class Taking {
    private final List<Unsent> events = new ArrayList<>();
    private final int rowsMax;
    private long charsLeft;

    Taking(int rowsMax, long charsMax) {
      this.rowsMax = rowsMax;
      this.charsLeft = charsMax;
    }

    /** Whether every event of a range was taken. */
    boolean all(long first, long last) {
      for (long seq = first; seq <= last; seq++) {
        Unsent event = waiting.get(seq);
        if (event == null || events.size() >= rowsMax || charsLeft <= 0) {
          return false;
        }
        charsLeft -= event.row().body().length();
        events.add(event);
      }
      return true;
    }
  }
}
