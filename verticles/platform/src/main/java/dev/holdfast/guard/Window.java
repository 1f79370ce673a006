package dev.holdfast.guard;

import dev.holdfast.kernel.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Two kinds of things counted over a sliding time, in ten buckets on the monotonic clock. Counting
 * is one addition; only the rarer kind sums up. Safe on any thread, without locks: an addition that
 * meets the turn of a bucket may fall into either side.
 */
final class Window {
  private static final int BUCKETS = 10;

  private final Clock clock;
  private final long bucketNanos;
  private final AtomicReferenceArray<Bucket> ring = new AtomicReferenceArray<>(BUCKETS);

  /** What was counted in one tenth of the time. */
  private static final class Bucket {
    private final long number;
    private final AtomicInteger common = new AtomicInteger();
    private final AtomicInteger rare = new AtomicInteger();

    private Bucket(long number) {
      this.number = number;
    }
  }

  /**
   * What lies in the window.
   *
   * @param rareNow how much of {@code rare} lies in the newest bucket
   */
  record Sums(long common, long rare, long rareNow) {
    long all() {
      return common + rare;
    }
  }

  Window(Duration time, Clock clock) {
    this.clock = clock;
    this.bucketNanos = Math.max(1, time.toNanos() / BUCKETS);
  }

  void common() {
    current().common.incrementAndGet();
  }

  /** Counts one, and says what there is with it. */
  Sums rare() {
    current().rare.incrementAndGet();
    return sums();
  }

  /** Takes back one that was just counted. */
  void rareBack() {
    current().rare.decrementAndGet();
  }

  Sums sums() {
    long newest = number();
    long common = 0;
    long rare = 0;
    long rareNow = 0;
    for (int i = 0; i < BUCKETS; i++) {
      Bucket bucket = ring.get(i);
      if (bucket == null || newest - bucket.number >= BUCKETS) {
        continue;
      }
      common += bucket.common.get();
      rare += bucket.rare.get();
      rareNow += bucket.number == newest ? bucket.rare.get() : 0;
    }
    return new Sums(common, rare, rareNow);
  }

  private long number() {
    return Math.floorDiv(clock.nanoTime(), bucketNanos);
  }

  private Bucket current() {
    long number = number();
    int slot = Math.floorMod(number, BUCKETS);
    while (true) {
      Bucket bucket = ring.get(slot);
      // One that is newer than ours was made by a thread that looked at the clock after us.
      if (bucket != null && bucket.number >= number) {
        return bucket;
      }
      Bucket fresh = new Bucket(number);
      if (ring.compareAndSet(slot, bucket, fresh)) {
        return fresh;
      }
    }
  }
}
