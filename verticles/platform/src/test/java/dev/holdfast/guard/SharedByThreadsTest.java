package dev.holdfast.guard;

import dev.holdfast.guard.GuardState.State;
import dev.holdfast.kernel.Clock;
import dev.holdfast.testing.SettableClock;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What threads share behaves as if one acted after the other: Lincheck runs random scenarios on
 * several threads and looks for an order that explains what each of them saw. {@code
 * -Dholdfast.lincheck=N} sets how many scenarios, 10 unless told otherwise.
 */
@Tag("E-014")
class SharedByThreadsTest {
  private static final int SCENARIOS = Integer.getInteger("holdfast.lincheck", 10);
  private static Vertx vertx;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  /** Every order of switches between threads that a scenario allows, up to a number. */
  private static void explore(Class<?> shared) {
    new ModelCheckingOptions()
        .iterations(SCENARIOS)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsPerThread(3)
        .check(shared);
  }

  /** Real threads, where the library below is too large to be explored. */
  private static void explain(Class<?> shared) {
    new StressOptions()
        .iterations(SCENARIOS)
        .invocationsPerIteration(200)
        .threads(3)
        .actorsPerThread(3)
        .check(shared);
  }

  @Test
  void places_of_a_bulkhead() {
    explore(Places.class);
  }

  @Test
  void seats_of_a_half_open_breaker() {
    explain(Seats.class);
  }

  @Test
  void a_breaker_that_opens_and_is_reset() {
    explain(Opening.class);
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

  private static Breaker breaker(Clock clock) {
    BreakerSettings settings = BreakerSettings.DEFAULTS.failures(2).ramping(Duration.ZERO);
    return new Breaker("shared", settings, vertx, clock, phase -> {});
  }

  /** Three seats are taken by three. */
  public static class Seats {
    private final SettableClock clock = new SettableClock();
    private final Breaker breaker = breaker(clock);

    public Seats() {
      breaker.force(State.HALF_OPEN, Duration.ofSeconds(1), "test");
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
  public static class Opening {
    private final SettableClock clock = new SettableClock();
    private final Breaker breaker = breaker(clock);
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
