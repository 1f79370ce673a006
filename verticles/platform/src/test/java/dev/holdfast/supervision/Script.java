package dev.holdfast.supervision;

import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the lives of one scripted child do. A life that has no line left starts and stops well. Each
 * life answers on the bus under the child's name with its own number.
 */
final class Script {
  enum Start {
    WELL,
    FAILS,
    THROWS,
    MEETS_AN_OUTAGE,
    NEVER_ENDS,
    WAITS_FOR_RELEASE
  }

  enum Stop {
    WELL,
    FAILS,
    NEVER_ENDS
  }

  final String child;
  final Queue<Start> starts = new ConcurrentLinkedQueue<>();
  final Queue<Stop> stops = new ConcurrentLinkedQueue<>();
  final List<Actor> lives = new CopyOnWriteArrayList<>();
  final Promise<Void> release = Promise.promise();
  private final List<String> diary;

  Script(String child, List<String> diary) {
    this.child = child;
    this.diary = diary;
  }

  Actor life(int number) {
    return lives.get(number - 1);
  }

  Actor act() {
    Actor actor = new Actor(lives.size() + 1);
    lives.add(actor);
    return actor;
  }

  static void waitFor(CountDownLatch free) {
    try {
      free.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** One life. */
  final class Actor extends VerticleBase {
    final int number;
    final CountDownLatch blocked = new CountDownLatch(1);
    final AtomicInteger ticks = new AtomicInteger();

    private Actor(int number) {
      this.number = number;
    }

    Context context() {
      return context;
    }

    /** Blocks this life's loop until the latch that is returned is counted down. */
    CountDownLatch block() {
      CountDownLatch free = new CountDownLatch(1);
      context.runOnContext(
          here -> {
            blocked.countDown();
            waitFor(free);
          });
      return free;
    }

    @Override
    public Future<?> start() {
      diary.add("start " + child);
      vertx.eventBus().consumer(child, message -> message.reply(number));
      vertx.setPeriodic(5, id -> ticks.incrementAndGet());
      Start line = starts.isEmpty() ? Start.WELL : starts.remove();
      return switch (line) {
        case WELL -> Future.succeededFuture();
        case FAILS -> Future.failedFuture(new IllegalStateException("scripted to fail"));
        case THROWS -> throw new IllegalStateException("scripted to throw");
        case MEETS_AN_OUTAGE ->
            Future.failedFuture(new Unavailable("scripted", "the database is away"));
        case NEVER_ENDS -> Promise.promise().future();
        case WAITS_FOR_RELEASE -> release.future();
      };
    }

    @Override
    public Future<?> stop() {
      diary.add("stop " + child);
      Stop line = stops.isEmpty() ? Stop.WELL : stops.remove();
      return switch (line) {
        case WELL -> Future.succeededFuture();
        case FAILS -> Future.failedFuture(new IllegalStateException("scripted to stop badly"));
        case NEVER_ENDS -> Promise.promise().future();
      };
    }
  }
}
