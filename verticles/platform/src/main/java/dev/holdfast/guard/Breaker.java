package dev.holdfast.guard;

import dev.holdfast.kernel.Backoff;
import dev.holdfast.kernel.Clock;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Decides whether a dependency is called. A call asks {@link #enter} for the phase it begins under
 * and reports its result to that phase; a phase that is over hears nothing. Safe on any thread,
 * without locks.
 */
final class Breaker {
  /** How long after an opening's end its timer may be late before a call does without it. */
  private static final Duration TIMER_GRACE = Duration.ofMillis(100);

  private final String name;
  private final BreakerSettings settings;
  private final Vertx vertx;
  private final Clock clock;
  private final Consumer<Phase> changed;
  private final AtomicReference<Phase> phase;

  /** A stretch of time in one state. The object itself is its identity. */
  sealed interface Phase {
    long generation();

    Instant since();
  }

  /** Calls pass, and are counted. */
  record Closed(long generation, Instant since, Window window) implements Phase {}

  /**
   * Calls are refused.
   *
   * @param instance this opening's own breaker, whose timer ends it
   * @param reopenings how often in a row it was opened from half-open
   */
  record Open(
      long generation, Instant since, CircuitBreaker instance, int reopenings, long dueNanos)
      implements Phase {}

  /** A few calls pass, and what becomes of them decides. */
  record HalfOpen(
      long generation,
      Instant since,
      CircuitBreaker instance,
      int reopenings,
      AtomicInteger seats,
      AtomicInteger successes)
      implements Phase {}

  /**
   * @param changed hears of each new phase, on the thread that brought it about
   */
  Breaker(
      String name, BreakerSettings settings, Vertx vertx, Clock clock, Consumer<Phase> changed) {
    this.name = name;
    this.settings = settings;
    this.vertx = vertx;
    this.clock = clock;
    this.changed = changed;
    this.phase = new AtomicReference<>(closed(0));
  }

  Phase phase() {
    return phase.get();
  }

  /** The phase that a call begins under, or null when it must not begin. */
  Phase enter() {
    Phase now = phase.get();
    if (now instanceof Open open && overdue(open)) {
      // Its timer was lost, most likely with the verticle on whose context it was set.
      halfOpen(open);
      now = phase.get();
    }
    return switch (now) {
      case Closed closed -> closed;
      case Open open -> null;
      case HalfOpen halfOpen -> takeSeat(halfOpen) ? halfOpen : null;
    };
  }

  /** Whether {@link #enter} would say no just now; takes nothing. */
  boolean refuses() {
    return switch (phase.get()) {
      case Closed closed -> false;
      case Open open -> !overdue(open);
      case HalfOpen halfOpen -> halfOpen.seats().get() <= 0;
    };
  }

  private boolean overdue(Open open) {
    return clock.nanoTime() - open.dueNanos() > TIMER_GRACE.toNanos();
  }

  private static boolean takeSeat(HalfOpen halfOpen) {
    AtomicInteger seats = halfOpen.seats();
    for (int free = seats.get(); free > 0; free = seats.get()) {
      if (seats.compareAndSet(free, free - 1)) {
        return true;
      }
    }
    return false;
  }

  /** A call that began under this phase was answered. */
  void succeeded(Phase begunUnder) {
    if (phase.get() != begunUnder) {
      return;
    }
    switch (begunUnder) {
      case Closed closed -> closed.window().common();
      case HalfOpen halfOpen -> {
        if (halfOpen.successes().incrementAndGet() == settings.probes()) {
          close(halfOpen);
        }
      }
      case Open open -> throw new IllegalStateException("no call begins under an open breaker");
    }
  }

  /** A call that began under this phase failed by the dependency's fault. */
  void failed(Phase begunUnder) {
    if (phase.get() != begunUnder) {
      return;
    }
    switch (begunUnder) {
      case Closed closed -> {
        if (trips(closed.window().rare())) {
          open(closed, 0);
        }
      }
      case HalfOpen halfOpen -> open(halfOpen, halfOpen.reopenings() + 1);
      case Open open -> throw new IllegalStateException("no call begins under an open breaker");
    }
  }

  /** A call that began under this phase ended in a way that says nothing of the dependency. */
  void ignored(Phase begunUnder) {
    if (begunUnder instanceof HalfOpen halfOpen) {
      halfOpen.seats().incrementAndGet();
    }
  }

  private boolean trips(Window.Sums sums) {
    return sums.rare() >= settings.failures() && sums.rare() >= settings.failureRate() * sums.all();
  }

  private void open(Phase from, int reopenings) {
    long millis = openMillis(reopenings);
    long due = clock.nanoTime() + millis * 1_000_000;
    Open next = new Open(from.generation() + 1, clock.now(), instance(millis), reopenings, due);
    if (!phase.compareAndSet(from, next)) {
      return;
    }
    // An instance is opened once only: a second time would leave the first timer running.
    next.instance().halfOpenHandler(timer -> halfOpen(next)).open();
    changed.accept(next);
  }

  private CircuitBreaker instance(long openMillis) {
    return CircuitBreaker.create(
        name, vertx, new CircuitBreakerOptions().setResetTimeout(openMillis));
  }

  /** Twice as long with each reopening, and up to a tenth more, so that many do not end at once. */
  private long openMillis(int reopenings) {
    long bound =
        new Backoff(settings.openFor(), settings.openForMax()).bound(reopenings).toMillis();
    Duration tenth = Duration.ofMillis(Math.max(1, bound / 10));
    return bound + new Backoff(tenth, tenth).wait(0).toMillis();
  }

  /** The timer of a dropped opening comes here as well, and finds that it is not current. */
  private void halfOpen(Open ended) {
    HalfOpen next =
        new HalfOpen(
            ended.generation() + 1,
            clock.now(),
            ended.instance(),
            ended.reopenings(),
            new AtomicInteger(settings.probes()),
            new AtomicInteger());
    if (phase.compareAndSet(ended, next)) {
      changed.accept(next);
    }
  }

  private void close(HalfOpen ended) {
    Closed next = closed(ended.generation() + 1);
    if (phase.compareAndSet(ended, next)) {
      ended.instance().reset();
      changed.accept(next);
    }
  }

  private Closed closed(long generation) {
    return new Closed(generation, clock.now(), new Window(settings.window(), clock));
  }

  /** Closes by hand, whatever the state; what was counted is forgotten. */
  void reset() {
    Phase now;
    Closed next;
    do {
      now = phase.get();
      next = closed(now.generation() + 1);
    } while (!phase.compareAndSet(now, next));
    if (now instanceof HalfOpen halfOpen) {
      halfOpen.instance().reset();
    }
    changed.accept(next);
  }
}
