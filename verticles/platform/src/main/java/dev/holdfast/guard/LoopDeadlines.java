package dev.holdfast.guard;

import dev.holdfast.kernel.Clock;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.TimeUnit;

/**
 * The deadlines of the attempts under way on one event loop, with one timer for all of them: nearly
 * every attempt ends long before its deadline, and a timer each would cost more than the rest of
 * the guard. The timer is set for the earliest deadline; when it fires, it ends what is late and is
 * set again for the earliest of the others. Not a context's own timer: Vert.x cancels those when
 * their verticle is undeployed. Used on its loop only.
 */
final class LoopDeadlines implements Runnable {
  private static final long NANOS_A_MILLI = 1_000_000;

  private final EventLoop loop;
  private final Clock clock;
  private final Entry all = new Ring();
  private ScheduledFuture<?> timer;
  private long timerNanos;

  /** A place in the list of deadlines. */
  abstract static class Entry {
    Entry before;
    Entry after;
    long atNanos;

    /** The deadline has passed; called once, on the loop, after the entry was taken out. */
    abstract void late();
  }

  private static final class Ring extends Entry {
    private Ring() {
      before = this;
      after = this;
    }

    @Override
    void late() {
      throw new IllegalStateException("the ring itself has no deadline");
    }
  }

  /** Those of every loop, each made when it is first asked for. */
  static final class OfLoops {
    private final FastThreadLocal<LoopDeadlines> mine = new FastThreadLocal<>();
    private final Clock clock;

    OfLoops(Clock clock) {
      this.clock = clock;
    }

    /** Those of the loop that this runs on; null on another thread than the context's. */
    LoopDeadlines of(ContextInternal context) {
      if (!context.isEventLoopContext() || !context.nettyEventLoop().inEventLoop()) {
        return null;
      }
      LoopDeadlines deadlines = mine.get();
      if (deadlines == null) {
        deadlines = new LoopDeadlines(context.nettyEventLoop(), clock);
        mine.set(deadlines);
      }
      return deadlines;
    }
  }

  LoopDeadlines(EventLoop loop, Clock clock) {
    this.loop = loop;
    this.clock = clock;
  }

  /** Takes an entry in. */
  void add(Entry entry, long atNanos) {
    entry.atNanos = atNanos;
    entry.before = all.before;
    entry.after = all;
    all.before.after = entry;
    all.before = entry;
    if (timer == null) {
      set(atNanos);
    } else if (atNanos - timerNanos < 0) {
      timer.cancel(false);
      set(atNanos);
    }
  }

  /** Takes an entry out, if it is in. */
  void remove(Entry entry) {
    if (entry.before != null) {
      entry.before.after = entry.after;
      entry.after.before = entry.before;
      entry.before = null;
      entry.after = null;
    }
  }

  private void set(long atNanos) {
    timerNanos = atNanos;
    long left = Math.max(0, atNanos - clock.nanoTime());
    timer = loop.schedule(this, (left + NANOS_A_MILLI - 1) / NANOS_A_MILLI, TimeUnit.MILLISECONDS);
  }

  @Override
  public void run() {
    timer = null;
    long now = clock.nanoTime();
    boolean left = false;
    long earliest = 0;
    for (Entry entry = all.after, next; entry != all; entry = next) {
      next = entry.after;
      if (entry.atNanos - now <= 0) {
        remove(entry);
        // Not at once: what hears of it may change this list.
        loop.execute(entry::late);
      } else if (!left || entry.atNanos - earliest < 0) {
        left = true;
        earliest = entry.atNanos;
      }
    }
    if (left) {
      set(earliest);
    }
  }
}
