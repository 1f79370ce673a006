package dev.holdfast.stream;

import dev.holdfast.telemetry.OutboxMeters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the relay counts; written on its context, read from anywhere. */
final class RelayCounts {
  private final OutboxMeters meters;
  private final Map<String, Long> published = new ConcurrentHashMap<>();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicInteger failedInARow = new AtomicInteger();

  RelayCounts(OutboxMeters meters) {
    this.meters = meters;
  }

  void published(List<Unsent> events) {
    for (Unsent event : events) {
      published.merge(event.row().topic(), 1L, Long::sum);
      meters.published(event.row().topic(), 1);
    }
  }

  /** How many rounds have failed since the last good one, this one included. */
  int failedRound() {
    failures.incrementAndGet();
    return failedInARow.incrementAndGet();
  }

  /** How many rounds had failed before this good one. */
  int goodRound() {
    return failedInARow.getAndSet(0);
  }

  int failedInARow() {
    return failedInARow.get();
  }

  void failedSend() {
    meters.failed();
  }

  void show(Backlog backlog, Instant now) {
    long oldestMs =
        backlog.oldest().map(since -> Duration.between(since, now).toMillis()).orElse(0L);
    meters.unsent().set((double) backlog.unsent());
    meters.oldestSeconds().set(oldestMs / 1000.0);
  }

  RelayFigures figures(boolean tells, int parkedAggregates) {
    return new RelayFigures(
        Map.copyOf(published), failures.get(), failedInARow.get(), tells, parkedAggregates);
  }
}
