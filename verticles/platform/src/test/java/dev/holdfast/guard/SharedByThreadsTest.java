package dev.holdfast.guard;

import dev.holdfast.guard.GuardState.State;
import dev.holdfast.kernel.Clock;
import dev.holdfast.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What threads share behaves as if one acted after the other: Lincheck runs random scenarios on
 * several threads and looks for an order that explains what each of them saw. {@code
 * -Dholdfast.lincheck=N} sets how many scenarios, 20 unless told otherwise. None begins with steps
 * of one thread: what is opened or full before the race begins leaves none.
 */
@Tag("E-014")
class SharedByThreadsTest {
  private static final int SCENARIOS = Integer.getInteger("holdfast.lincheck", 20);

  private static void explore(Class<?> shared) {
    explore(shared, SCENARIOS);
  }

  /** Every order of switches between threads that a scenario allows, up to a number. */
  private static void explore(Class<?> shared, int scenarios) {
    new ModelCheckingOptions()
        .iterations(scenarios)
        .invocationsPerIteration(200)
        .actorsBefore(0)
        .threads(2)
        .actorsPerThread(3)
        .actorsAfter(2)
        .check(shared);
  }

  @Test
  void places_of_a_bulkhead() {
    explore(Places.class);
  }

  @Test
  void the_queue_of_a_bulkhead() {
    explore(Waiting.class);
  }

  @Test
  void seats_of_a_half_open_breaker() {
    explore(Seats.class);
  }

  @Test
  void a_breaker_that_opens_and_is_reset() {
    explore(Tripping.class);
  }

  @Test
  void the_end_of_a_half_open_breaker() {
    // Few scenarios have a success on both sides at once.
    explore(HalfOpen.class, 3 * SCENARIOS);
  }

  @Test
  void counts_of_a_window() {
    explore(Counting.class);
  }

  @Test
  void a_budget_of_retries() {
    explore(Budget.class);
  }

  /** Two places are taken by two. */
  public static class Places {
    private final Bulkhead bulkhead = new Bulkhead(2, 0);

    @Operation
    public boolean enter() {
      return bulkhead.tryEnter();
    }

    @Operation
    public int taken() {
      return bulkhead.taken();
    }
  }

  /** Who waits is let in as soon as there is a place, whoever leaves meanwhile. */
  public static class Waiting {
    private final Bulkhead bulkhead = new Bulkhead(1, 100);
    private final AtomicInteger within = new AtomicInteger();

    private final class Caller extends Bulkhead.Waiter {
      @Override
      void admitted() {
        within.incrementAndGet();
      }
    }

    @Operation
    public void come() {
      if (bulkhead.tryEnter()) {
        within.incrementAndGet();
      } else {
        bulkhead.queue(new Caller());
      }
    }

    @Operation
    public void comeAndGiveUp() {
      Caller caller = new Caller();
      if (bulkhead.queue(caller) && !bulkhead.withdraw(caller)) {
        go();
      }
    }

    @Operation
    public void go() {
      if (within.getAndUpdate(now -> Math.max(0, now - 1)) > 0) {
        bulkhead.leave();
      }
    }

    @Validate
    public void nobodyWaitsBesideAFreePlace() {
      int waiting = bulkhead.queued();
      int taken = bulkhead.taken();
      if (taken != within.get() || taken > 1 || (waiting > 0 && taken == 0)) {
        throw new IllegalStateException(waiting + " wait, " + taken + " taken, " + within);
      }
    }
  }

  /** Times that never end by themselves: what ends them here is another thread. */
  private static final class Timers implements BreakerTimers {
    private final List<Runnable> openings = new CopyOnWriteArrayList<>();

    @Override
    public Opening opening(long millis) {
      return new Opening() {
        @Override
        public void begin(Runnable over) {
          openings.add(over);
        }

        @Override
        public void reset() {}
      };
    }

    @Override
    public void after(long millis, Runnable action) {}
  }

  private static Breaker breaker(Timers timers, Clock clock) {
    BreakerSettings settings =
        BreakerSettings.DEFAULTS
            .tripping(trip -> trip.failures(2))
            .opening(Duration.ofHours(1), Duration.ofHours(1))
            .ramping(Duration.ZERO);
    return new Breaker(settings, timers, clock, phase -> {});
  }

  /** Three seats are taken by three. */
  public static class Seats {
    private final SettableClock clock = new SettableClock();
    private final Breaker breaker = breaker(new Timers(), clock);

    public Seats() {
      breaker.force(State.HALF_OPEN, Duration.ofHours(1), "test");
    }

    @Operation
    public boolean enter() {
      return breaker.enter(clock.nanoTime()) != null;
    }

    @Operation
    public boolean refuses() {
      return breaker.refuses(clock.nanoTime());
    }
  }

  /** Opens at the second failure, whoever reports it, and is closed by hand. */
  public static class Tripping {
    private final SettableClock clock = new SettableClock();
    private final Breaker breaker = breaker(new Timers(), clock);
    private final Phase first = breaker.phase();

    @Operation
    public void fail() {
      breaker.failed(first, 0, clock.nanoTime());
    }

    @Operation
    public void succeed() {
      breaker.succeeded(first, 0, clock.nanoTime());
    }

    @Operation
    public void reset() {
      breaker.reset();
    }

    @Operation
    public boolean passes() {
      return breaker.enter(clock.nanoTime()) != null;
    }
  }

  /** The last good probes and a failed one meet: one of them decides. */
  public static class HalfOpen {
    private final SettableClock clock = new SettableClock();
    private final Timers timers = new Timers();
    private final Breaker breaker = breaker(timers, clock);
    private final Phase halfOpen;

    public HalfOpen() {
      breaker.force(State.OPEN, Duration.ofHours(1), "test");
      timers.openings.getFirst().run();
      halfOpen = breaker.phase();
      breaker.succeeded(halfOpen, 0, clock.nanoTime());
    }

    // There are three seats, so none but these two can succeed besides.

    @Operation(runOnce = true)
    public void second() {
      breaker.succeeded(halfOpen, 0, clock.nanoTime());
    }

    @Operation(runOnce = true)
    public void third() {
      breaker.succeeded(halfOpen, 0, clock.nanoTime());
    }

    @Operation(runOnce = true)
    public void fail() {
      breaker.failed(halfOpen, 0, clock.nanoTime());
    }

    @Operation
    public String state() {
      Phase phase = breaker.phase();
      return phase.generation() + " " + phase.getClass().getSimpleName();
    }
  }

  /** Either kind is counted once. */
  public static class Counting {
    private final SettableClock clock = new SettableClock();
    private final Window window = new Window(Duration.ofSeconds(10), clock);

    @Operation
    public void common() {
      window.common(clock.nanoTime());
    }

    @Operation
    public void rare() {
      window.rare(clock.nanoTime());
    }

    @Operation
    public long allOfThem() {
      return window.sums().rare();
    }
  }

  /** Three in a second without calls. */
  public static class Budget {
    private final SettableClock clock = new SettableClock();
    private final RetryBudget budget = new RetryBudget(clock);

    @Operation
    public boolean take() {
      return budget.take(clock.nanoTime());
    }
  }
}
