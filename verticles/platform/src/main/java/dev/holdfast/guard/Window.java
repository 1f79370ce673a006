package dev.holdfast.guard;

import dev.holdfast.kernel.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Two kinds of things counted over a sliding time, and which of them were slow, in ten buckets on
 * the monotonic clock. Counting is one addition; only what is rare sums up. Safe on any thread,
 * without locks: an addition that meets the turn of a bucket may fall into either side.
 */
final class Window {
  private static final int BUCKETS = 10;

  private final Clock clock;
  private final long bucketNanos;
  private final List<AtomicReference<Bucket>> ring =
      Stream.generate(() -> new AtomicReference<Bucket>()).limit(BUCKETS).toList();

  /** What was counted in one tenth of the time. */
  private static final class Bucket {
    private final long number;
    private final AtomicInteger common = new AtomicInteger();
    private final AtomicInteger rare = new AtomicInteger();
    private final AtomicInteger slow = new AtomicInteger();

    private Bucket(long number) {
      this.number = number;
    }
  }

  /**
   * What lies in the window.
   *
   * @param slow how many of either kind were slow
   */
  record Sums(long common, long rare, long slow) {
    static final Sums NONE = new Sums(0, 0, 0);

    long all() {
      return common + rare;
    }
  }

  Window(Duration time, Clock clock) {
    this.clock = clock;
    this.bucketNanos = Math.max(1, time.toNanos() / BUCKETS);
  }

  /** Counts one, at a moment of the clock that is hardly past. */
  void common(long now) {
    current(now).common.incrementAndGet();
  }

  /**
   * Counts one.
   *
   * @return how many the newest bucket holds with it: no two threads are given the same number
   */
  int rare(long now) {
    return current(now).rare.incrementAndGet();
  }

  /** Marks one that is counted besides as slow. */
  void slow(long now) {
    current(now).slow.incrementAndGet();
  }

  /** Takes back one that was just counted. */
  void rareBack(long now) {
    current(now).rare.decrementAndGet();
  }

  Sums sums() {
    return sums(clock.nanoTime());
  }

  Sums sums(long now) {
    long newest = Math.floorDiv(now, bucketNanos);
    long common = 0;
    long rare = 0;
    long slow = 0;
    for (int i = 0; i < BUCKETS; i++) {
      Bucket bucket = ring.get(i).get();
      if (bucket == null || newest - bucket.number >= BUCKETS) {
        continue;
      }
      common += bucket.common.get();
      rare += bucket.rare.get();
      slow += bucket.slow.get();
    }
    return new Sums(common, rare, slow);
  }

  private Bucket current(long now) {
    long number = Math.floorDiv(now, bucketNanos);
    AtomicReference<Bucket> slot = ring.get(Math.floorMod(number, BUCKETS));
    while (true) {
      Bucket bucket = slot.get();
      // One that is newer than ours was made by a thread that looked at the clock after us.
      if (bucket != null && bucket.number >= number) {
        return bucket;
      }
      Bucket fresh = new Bucket(number);
      if (slot.compareAndSet(bucket, fresh)) {
        return fresh;
      }
    }
  }
}
