package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.Entrance;
import dev.holdfast.launcher.days.DayFile;
import dev.holdfast.launcher.days.Progress;
import dev.holdfast.launcher.days.Replay;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A replay in this process, during which something is shot at moments that follow from a seed. A
 * shot that is due holds the documents far behind it back, so that all shots fall into the replay.
 */
final class ReplayUnderFire {
  /** Documents that a day needs for each shot. */
  static final int DOCUMENTS_EACH = 100;

  private static final Duration LIMIT = Duration.ofMinutes(8);
  private static final long LOOK_NANOS = Duration.ofMillis(2).toNanos();
  private static final int DELAY_MS = 200;

  /**
   * Documents that go on while a shot that is due waits its random moment, or its target is out.
   */
  private static final int AHEAD = 45;

  private final AtomicInteger booked = new AtomicInteger();
  private final Random random;
  private final CompletableFuture<Replay.Outcome> replay;
  private final int documents;
  private final List<Instant> shots = new ArrayList<>();
  private volatile int allowed = Integer.MAX_VALUE;

  /** Something that is killed; returns when it is back, or at once. */
  interface Shot {
    void fire() throws Exception;
  }

  ReplayUnderFire(Entrance platform, SmallDay day, long seed) {
    random = new Random(seed);
    documents = day.documents();
    Replay work = platform.replay(new Counting());
    replay =
        CompletableFuture.supplyAsync(
            () -> work.run(List.of(DayFile.read(day.file())), BigDecimal.ONE),
            // Blocked long, and the common pool is what tells of the ends of processes.
            task -> Thread.ofPlatform().daemon().name("replay").start(task));
  }

  /**
   * Shoots while documents are on their way: each time after some were answered since the last
   * target was back, and a random moment later.
   */
  void shoot(int times, Shot shot) throws Exception {
    int from = 0;
    for (int shots = 0; shots < times; shots++) {
      int span = Math.max(1, (documents * 9 / 10 - from) / (times - shots) - AHEAD);
      int threshold = from + 1 + random.nextInt(span);
      allowed = threshold + AHEAD;
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> replay.isDone() || booked.get() >= threshold);
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(DELAY_MS)).toNanos());
      int answered = booked.get();
      System.out.printf("shot %d after %d of %d documents%n", shots + 1, answered, documents);
      assertFalse(replay.isDone(), "the replay has ended");
      assertTrue(answered > from, "nothing was acknowledged since the last shot");
      this.shots.add(Clock.system().now());
      shot.fire();
      from = booked.get();
    }
    allowed = Integer.MAX_VALUE;
  }

  /** When the shots were fired. */
  List<Instant> shots() {
    return List.copyOf(shots);
  }

  /** The replay comes to its end without troubles. */
  void awaitEnd() throws Exception {
    assertEquals(List.of(), replay.get(LIMIT.toSeconds(), TimeUnit.SECONDS).troubles());
  }

  /** Counts documents, but not what comes before them. */
  private final class Counting implements Progress {
    private volatile boolean documentsBegan;

    @Override
    public void begin(String what, int total) {
      documentsBegan = what.equals("documents");
    }

    @Override
    public void step() {
      if (documentsBegan) {
        booked.incrementAndGet();
        while (booked.get() > allowed) {
          LockSupport.parkNanos(LOOK_NANOS);
        }
      }
    }

    @Override
    public void tell(String line) {}
  }
}
