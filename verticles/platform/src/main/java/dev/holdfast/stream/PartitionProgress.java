package dev.holdfast.stream;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How far the work on one partition has come. What is committed is the lowest offset that is not
 * finished, because a crash must find everything before it done.
 *
 * <p>Two threads meet here: the one that polls counts what it hands over and reads what may be
 * committed; the one that works tracks and finishes. Each assignment of a partition has a progress
 * of its own: when the partition is revoked its progress is dropped, and what is still under way
 * changes nothing any more.
 */
final class PartitionProgress {
  /** Nothing to commit yet. */
  static final long NOTHING = -1;

  private final ArrayDeque<Slot> slots = new ArrayDeque<>();
  private final AtomicInteger unfinished = new AtomicInteger();
  private volatile long committable = NOTHING;
  private volatile boolean revoked;

  /** One record's place in the partition. */
  static final class Slot {
    private final long offset;
    private boolean finished;

    private Slot(long offset) {
      this.offset = offset;
    }
  }

  /** On the polling thread: records will be tracked soon. */
  void handedOver(int records) {
    unfinished.addAndGet(records);
  }

  /**
   * On the working thread: the next record of the partition. Offsets grow, but not always by one.
   */
  Slot track(long offset) {
    Slot slot = new Slot(offset);
    slots.addLast(slot);
    return slot;
  }

  /** On the working thread: a record needs no more work. */
  void finish(Slot slot) {
    if (slot.finished) {
      return;
    }
    slot.finished = true;
    unfinished.decrementAndGet();
    long reached = NOTHING;
    while (!slots.isEmpty() && slots.peekFirst().finished) {
      reached = slots.removeFirst().offset + 1;
    }
    if (reached != NOTHING) {
      committable = reached;
    }
  }

  /** The offset to begin with after a crash, or {@link #NOTHING}. */
  long committable() {
    return committable;
  }

  /** Records handed over and not finished. */
  int unfinished() {
    return unfinished.get();
  }

  /** On the polling thread: somebody else works on the partition from now on. */
  void revoke() {
    revoked = true;
  }

  boolean revoked() {
    return revoked;
  }
}
