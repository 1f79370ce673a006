package dev.holdfast.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.Meters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long an acceptance takes; printed. Two seconds here; {@code -Dholdfast.journal.seconds=30}
 * and {@code -Dholdfast.journal.rate=1000} for the long form.
 */
class JournalPaceIT {
  private static final int SECONDS = Integer.getInteger("holdfast.journal.seconds", 2);
  private static final int RATE = Integer.getInteger("holdfast.journal.rate", 600);
  private static final int EACH = 3;

  @TempDir Path folder;

  @Test
  void all_that_come_at_a_steady_pace_are_accepted() throws Exception {
    Clock clock = Clock.system();
    int all = SECONDS * RATE;
    ConcurrentLinkedQueue<Long> took = new ConcurrentLinkedQueue<>();
    CountDownLatch answered = new CountDownLatch(all);
    AtomicInteger number = new AtomicInteger();
    try (Journal journal = new Journal(folder, Intents.WIDE, clock, new Meters().journal());
        ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor()) {
      journal.selfTest().await(20, TimeUnit.SECONDS);
      long before = journal.commits();
      Runnable some =
          () -> {
            for (int one = 0; one < EACH && number.get() < all; one++) {
              long asked = System.nanoTime();
              journal
                  .accept(Intents.of("k" + number.incrementAndGet(), clock.now()))
                  .onSuccess(accepted -> took.add(System.nanoTime() - asked))
                  .onComplete(end -> answered.countDown());
            }
          };
      long every = Duration.ofSeconds(1).toNanos() * EACH / RATE;
      var unused = pace.scheduleAtFixedRate(some, 0, every, TimeUnit.NANOSECONDS);
      answered.await(SECONDS + 30L, TimeUnit.SECONDS);
      assertEquals(all, took.size());
      long[] sorted = took.stream().mapToLong(Long::longValue).sorted().toArray();
      System.out.printf(
          "%d intents at %d/s, %d commits: p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
          all,
          RATE,
          journal.commits() - before,
          sorted[all / 2] / 1e6,
          sorted[(int) (all * 0.99)] / 1e6,
          sorted[all - 1] / 1e6);
    }
  }
}
