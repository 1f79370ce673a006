package dev.holdfast.guard;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Places for attempts, and a bounded queue for them, first come first served. Safe on any thread,
 * without locks.
 */
final class Bulkhead {
  private final int places;
  private final int queueMax;
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger queued = new AtomicInteger();
  private final Queue<Waiter> queue = new ConcurrentLinkedQueue<>();

  /** Who waits for a place: gets one, or withdraws, and never both. */
  abstract static class Waiter {
    private final AtomicInteger decided = new AtomicInteger();

    /** Called once, on any thread, with a place in hand. */
    abstract void admitted();

    private boolean decide() {
      return decided.compareAndSet(0, 1);
    }
  }

  Bulkhead(int places, int queueMax) {
    this.places = places;
    this.queueMax = queueMax;
  }

  /** Takes a place if there is one and nobody waits for it. */
  boolean tryEnter() {
    return queued.get() == 0 && take();
  }

  private boolean take() {
    for (int now = taken.get(); now < places; now = taken.get()) {
      if (taken.compareAndSet(now, now + 1)) {
        return true;
      }
    }
    return false;
  }

  /** Waits for a place; false when the queue is full. */
  boolean queue(Waiter waiter) {
    if (queued.incrementAndGet() > queueMax) {
      queued.decrementAndGet();
      return false;
    }
    queue.add(waiter);
    // A place may have come free between the look and the queueing.
    admit();
    return true;
  }

  /** Gives up waiting; false when the waiter has a place already. */
  boolean withdraw(Waiter waiter) {
    if (!waiter.decide()) {
      return false;
    }
    if (queue.remove(waiter)) {
      queued.decrementAndGet();
    }
    return true;
  }

  /** Gives a place back. */
  void leave() {
    taken.decrementAndGet();
    admit();
  }

  private void admit() {
    while (!queue.isEmpty() && take()) {
      Waiter next = next();
      if (next == null) {
        taken.decrementAndGet();
      } else {
        next.admitted();
      }
    }
  }

  /** The first who still waits, or null. */
  private Waiter next() {
    for (Waiter next = queue.poll(); next != null; next = queue.poll()) {
      queued.decrementAndGet();
      if (next.decide()) {
        return next;
      }
    }
    return null;
  }

  int taken() {
    return taken.get();
  }

  int queued() {
    return queued.get();
  }
}
