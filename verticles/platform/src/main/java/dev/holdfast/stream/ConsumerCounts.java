package dev.holdfast.stream;

import java.util.concurrent.atomic.AtomicLong;

/** What a consumer counts; read from anywhere. */
final class ConsumerCounts {
  private final AtomicLong handled = new AtomicLong();
  private final AtomicLong parked = new AtomicLong();
  private final AtomicLong retried = new AtomicLong();
  private final AtomicLong restarts = new AtomicLong();
  private volatile int partitions;
  private volatile long lag;

  void handledOne() {
    handled.incrementAndGet();
  }

  void parkedOne() {
    parked.incrementAndGet();
  }

  void retriedOne() {
    retried.incrementAndGet();
  }

  void restarted() {
    restarts.incrementAndGet();
    show(0, lag);
  }

  void show(int nowPartitions, long nowLag) {
    partitions = nowPartitions;
    lag = nowLag;
  }

  ConsumerFigures figures(long silentMs) {
    return new ConsumerFigures(
        handled.get(), parked.get(), retried.get(), restarts.get(), partitions, lag, silentMs);
  }
}
