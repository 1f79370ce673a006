package dev.holdfast.guard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.holdfast.guard.GuardState.State;
import dev.holdfast.kernel.Backoff;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of the guard share: quick settings and calls that end as told. */
abstract class GuardBench {
  static final Duration OPEN = Duration.ofMillis(60);
  static final BreakerSettings QUICK_BREAKER =
      BreakerSettings.DEFAULTS
          .opening(OPEN, Duration.ofSeconds(5))
          .probing(Duration.ofMillis(100))
          .ramping(Duration.ZERO);
  static final GuardSettings QUICK =
      GuardSettings.DATABASE
          .with(QUICK_BREAKER)
          .room(100, 100)
          .attemptTime(Duration.ofSeconds(2))
          .retries(3, new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)));

  final Clock clock = Clock.system();
  Vertx vertx;

  @BeforeEach
  void openVertx() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void closeVertx() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  Guard guard(GuardSettings settings) {
    return Guard.of("partner", settings, vertx, clock);
  }

  Deadline soon() {
    return Deadline.in(Duration.ofSeconds(5), clock);
  }

  static <T> T get(Future<T> future) throws Exception {
    return future.await(10, TimeUnit.SECONDS);
  }

  static Unavailable outage(Future<?> future) {
    return assertInstanceOf(
        Unavailable.class, assertThrows(Throwable.class, () -> future.await(10, TimeUnit.SECONDS)));
  }

  void succeed(Guard guard) throws Exception {
    get(guard.call(soon(), () -> Future.succeededFuture("fine")));
  }

  void fail(Guard guard) {
    outage(guard.call(soon(), () -> Future.failedFuture(new Unavailable("down", "away"))));
  }

  void trip(Guard guard) {
    for (int i = 0; i < 5; i++) {
      fail(guard);
    }
  }

  /** A call that is under way until the promise ends it. */
  Future<String> hold(Guard guard, Promise<String> until) {
    return guard.call(soon(), until::future);
  }

  static void reaches(Guard guard, State state) {
    await()
        .atMost(5, TimeUnit.SECONDS)
        .pollInterval(2, TimeUnit.MILLISECONDS)
        .until(() -> guard.state().state() == state);
  }
}
