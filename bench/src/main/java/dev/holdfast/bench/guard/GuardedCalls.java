package dev.holdfast.bench.guard;

import dev.holdfast.guard.Guard;
import dev.holdfast.guard.GuardSettings;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The success path of a guarded call: begun, answered a moment later, its deadline forgotten. Each
 * form makes its calls on one event loop, as agents do; an answer comes after its call returned.
 * The median of many short samples holds still on a busy machine.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GuardedCalls {
  /** Calls made on the loop for each hop onto it. */
  static final int CALLS = 1_000;

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Clock clock = Clock.system();
  private final AtomicLong answered = new AtomicLong();
  private Vertx vertx;
  private Context loop;
  private Guard guard;
  private io.vertx.circuitbreaker.CircuitBreaker ofVertx;
  private ScheduledThreadPoolExecutor timers;
  private CircuitBreaker breaker;
  private Bulkhead bulkhead;
  private TimeLimiter limiter;

  /** Everything with its limits where the shipped guard of a partner has them. */
  @Setup
  public void open() {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    loop = vertx.getOrCreateContext();
    guard = Guard.of("partner", GuardSettings.EXTERNAL, vertx, clock);
    ofVertx =
        io.vertx.circuitbreaker.CircuitBreaker.create(
            "partner",
            vertx,
            new CircuitBreakerOptions().setMaxFailures(10).setTimeout(LIMIT.toMillis()));
    timers = new ScheduledThreadPoolExecutor(1);
    // Otherwise each forgotten deadline stays in its queue until it would have passed.
    timers.setRemoveOnCancelPolicy(true);
    breaker =
        CircuitBreaker.of(
            "partner",
            CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.TIME_BASED)
                .slidingWindowSize(10)
                .minimumNumberOfCalls(10)
                .build());
    bulkhead = Bulkhead.of("partner", BulkheadConfig.custom().maxConcurrentCalls(32).build());
    limiter = TimeLimiter.of(TimeLimiterConfig.custom().timeoutDuration(LIMIT).build());
  }

  /** Ends what {@link #open} began. */
  @TearDown
  public void close() throws Exception {
    timers.shutdownNow();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  /** Runs the calls on the loop, and waits for the last of them. */
  private long onLoop(Runnable call) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    loop.runOnContext(
        now -> {
          for (int i = 0; i < CALLS; i++) {
            call.run();
          }
          done.countDown();
        });
    done.await();
    return answered.get();
  }

  private void count() {
    answered.lazySet(answered.getPlain() + 1);
  }

  /** Ours: deadline, breaker, bulkhead, budget, statistics. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public long holdfast() throws InterruptedException {
    return onLoop(
        () -> {
          Promise<String> answer = Promise.promise();
          Deadline deadline = Deadline.in(LIMIT, clock);
          guard.call(deadline, answer::future).onComplete((result, failure) -> count());
          answer.complete("fine");
        });
  }

  /** The same call where it may be repeated. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public long holdfastRepeatable() throws InterruptedException {
    return onLoop(
        () -> {
          Promise<String> answer = Promise.promise();
          Deadline deadline = Deadline.in(LIMIT, clock);
          guard.callIdempotent(deadline, answer::future).onComplete((result, failure) -> count());
          answer.complete("fine");
        });
  }

  /** Vert.x Circuit Breaker with its timeout. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public long vertxBreaker() throws InterruptedException {
    return onLoop(
        () -> {
          Promise<String> answer = Promise.promise();
          ofVertx
              .execute((Supplier<Future<String>>) answer::future)
              .onComplete((result, failure) -> count());
          answer.complete("fine");
        });
  }

  /** Resilience4j: breaker, bulkhead and time limiter around one stage. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public long resilience4j() throws InterruptedException {
    return onLoop(
        () -> {
          CompletableFuture<String> answer = new CompletableFuture<>();
          Supplier<CompletionStage<String>> limited =
              limiter.decorateCompletionStage(timers, () -> answer);
          Supplier<CompletionStage<String>> bounded =
              Bulkhead.decorateCompletionStage(bulkhead, limited);
          CircuitBreaker.decorateCompletionStage(breaker, bounded)
              .get()
              .whenComplete((result, failure) -> count());
          answer.complete("fine");
        });
  }
}
