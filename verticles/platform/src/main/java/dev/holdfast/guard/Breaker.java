package dev.holdfast.guard;

import dev.holdfast.guard.GuardState.State;
import dev.holdfast.kernel.Backoff;
import dev.holdfast.kernel.Clock;
import java.time.Duration;
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

  private final BreakerSettings settings;
  private final long slowNanos;
  private final BreakerTimers timers;
  private final Clock clock;
  private final Consumer<Phase> changed;
  private final AtomicReference<Phase> phase;

  /**
   * @param changed hears of each new phase, on the thread that brought it about
   */
  Breaker(BreakerSettings settings, BreakerTimers timers, Clock clock, Consumer<Phase> changed) {
    this.settings = settings;
    this.slowNanos = settings.trip().slowTime().toNanos();
    this.timers = timers;
    this.clock = clock;
    this.changed = changed;
    this.phase = new AtomicReference<>(closed(0, null));
  }

  Phase phase() {
    Phase now = phase.get();
    end(now, clock.nanoTime());
    return phase.get();
  }

  /** The phase that a call begins under, or null when it must not begin. */
  Phase enter(long now) {
    Phase at = phase.get();
    if (at instanceof Phase.Closed closed) {
      return closed.ramp() == null || closed.ramp().admits(now) ? closed : null;
    }
    end(at, now);
    return switch (phase.get()) {
      case Phase.Closed closed ->
          closed.ramp() == null || closed.ramp().admits(now) ? closed : null;
      case Phase.Open open -> null;
      case Phase.HalfOpen halfOpen -> takeSeat(halfOpen.seats()) ? halfOpen : null;
      case Phase.Held held -> held.seats() == null || takeSeat(held.seats()) ? held : null;
    };
  }

  /** Whether {@link #enter} would say no just now; takes nothing. */
  boolean refuses(long now) {
    return switch (phase.get()) {
      case Phase.Closed closed -> false;
      case Phase.Open open -> !overdue(open, now);
      case Phase.HalfOpen halfOpen -> halfOpen.seats().get() <= 0;
      case Phase.Held held ->
          held.seats() != null && held.seats().get() <= 0 && now - held.dueNanos() < 0;
    };
  }

  /** Ends a phase whose time is over, if its timer did not. */
  private void end(Phase at, long now) {
    if (at instanceof Phase.Open open && overdue(open, now)) {
      // Its timer was lost, most likely with the verticle on whose context it was set.
      halfOpen(open);
    } else if (at instanceof Phase.Held held && now - held.dueNanos() >= 0) {
      release(held);
    }
  }

  private static boolean overdue(Phase.Open open, long now) {
    return now - open.dueNanos() > TIMER_GRACE.toNanos();
  }

  private static boolean takeSeat(AtomicInteger seats) {
    for (int free = seats.get(); free > 0; free = seats.get()) {
      if (seats.compareAndSet(free, free - 1)) {
        return true;
      }
    }
    return false;
  }

  /** A call that began under this phase was answered, after the given time. */
  void succeeded(Phase begunUnder, long tookNanos, long now) {
    if (phase.get() != begunUnder) {
      return;
    }
    switch (begunUnder) {
      case Phase.Closed closed -> {
        closed.window().common(now);
        if (tookNanos >= slowNanos) {
          closed.window().slow(now);
          judge(closed, now);
        }
      }
      case Phase.HalfOpen halfOpen -> {
        if (halfOpen.successes().incrementAndGet() == settings.probing().probes()) {
          close(halfOpen);
        }
      }
      case Phase.Held held -> giveBack(held);
      case Phase.Open open ->
          throw new IllegalStateException("no call begins under an open breaker");
    }
  }

  /** A call that began under this phase failed by the dependency's fault. */
  void failed(Phase begunUnder, long tookNanos, long now) {
    if (phase.get() != begunUnder) {
      return;
    }
    switch (begunUnder) {
      case Phase.Closed closed -> {
        closed.window().rare(now);
        if (tookNanos >= slowNanos) {
          closed.window().slow(now);
        }
        judge(closed, now);
      }
      case Phase.HalfOpen halfOpen -> open(halfOpen, halfOpen.reopenings() + 1);
      case Phase.Held held -> giveBack(held);
      case Phase.Open open ->
          throw new IllegalStateException("no call begins under an open breaker");
    }
  }

  /** A call that began under this phase ended in a way that says nothing of the dependency. */
  void ignored(Phase begunUnder) {
    if (begunUnder instanceof Phase.HalfOpen halfOpen) {
      halfOpen.seats().incrementAndGet();
    } else if (begunUnder instanceof Phase.Held held) {
      giveBack(held);
    }
  }

  private static void giveBack(Phase.Held held) {
    if (held.seats() != null) {
      held.seats().incrementAndGet();
    }
  }

  private void judge(Phase.Closed closed, long now) {
    if (TripRules.opens(settings.trip(), closed.window().sums(now))) {
      open(closed, closed.ramp() == null ? 0 : closed.ramp().reopenings(now));
    }
  }

  private void open(Phase from, int reopenings) {
    open(from, openMillis(reopenings), reopenings, null);
  }

  private boolean open(Phase from, long millis, int reopenings, String reason) {
    long due = clock.nanoTime() + millis * 1_000_000;
    Phase.Open next =
        new Phase.Open(
            from.generation() + 1, clock.now(), timers.opening(millis), reopenings, due, reason);
    if (!phase.compareAndSet(from, next)) {
      return false;
    }
    next.opening().begin(() -> halfOpen(next));
    changed.accept(next);
    return true;
  }

  /** Twice as long with each reopening, and up to a tenth more, so that many do not end at once. */
  private long openMillis(int reopenings) {
    long bound =
        new Backoff(settings.opening().first(), settings.opening().max())
            .bound(reopenings)
            .toMillis();
    Duration tenth = Duration.ofMillis(Math.max(1, bound / 10));
    return bound + new Backoff(tenth, tenth).wait(0).toMillis();
  }

  /** The timer of a dropped opening comes here as well, and finds that it is not current. */
  private void halfOpen(Phase.Open ended) {
    become(
        ended,
        new Phase.HalfOpen(
            ended.generation() + 1,
            clock.now(),
            ended.opening(),
            ended.reopenings(),
            new AtomicInteger(settings.probing().probes()),
            new AtomicInteger()));
  }

  private void close(Phase.HalfOpen ended) {
    if (become(ended, closed(ended.generation() + 1, ramp(ended.reopenings())))) {
      ended.opening().reset();
    }
  }

  private void release(Phase.Held ended) {
    Ramp ramp = ended.as() == State.HALF_OPEN ? ramp(0) : null;
    become(ended, closed(ended.generation() + 1, ramp));
  }

  private boolean become(Phase from, Phase next) {
    boolean done = phase.compareAndSet(from, next);
    if (done) {
      changed.accept(next);
    }
    return done;
  }

  private Ramp ramp(int reopenings) {
    return settings.probing().rampStep().isZero()
        ? null
        : new Ramp(clock.nanoTime(), settings.probing().rampStep(), reopenings);
  }

  private Phase.Closed closed(long generation, Ramp ramp) {
    return new Phase.Closed(
        generation, clock.now(), new Window(settings.trip().window(), clock), ramp);
  }

  /** Closes by hand, whatever the state; what was counted is forgotten. */
  void reset() {
    Phase now;
    do {
      now = phase.get();
    } while (!become(now, closed(now.generation() + 1, null)));
    drop(now);
  }

  private static void drop(Phase ended) {
    if (ended instanceof Phase.HalfOpen halfOpen) {
      halfOpen.opening().reset();
    }
  }

  /** Holds a state for a time, whatever becomes of calls. Then an opening is half-open. */
  void force(State state, Duration time, String reason) {
    Phase now;
    boolean done;
    do {
      now = phase.get();
      done =
          state == State.OPEN
              ? open(now, time.toMillis(), 0, reason)
              : hold(now, state, time, reason);
    } while (!done);
    drop(now);
  }

  private boolean hold(Phase from, State state, Duration time, String reason) {
    AtomicInteger seats =
        state == State.HALF_OPEN ? new AtomicInteger(settings.probing().probes()) : null;
    long due = clock.nanoTime() + time.toNanos();
    Phase.Held next = new Phase.Held(from.generation() + 1, clock.now(), state, due, reason, seats);
    if (!become(from, next)) {
      return false;
    }
    timers.after(time.toMillis(), () -> release(next));
    return true;
  }
}
