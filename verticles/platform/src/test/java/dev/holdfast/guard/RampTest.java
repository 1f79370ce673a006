package dev.holdfast.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.guard.GuardState.State;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.testing.SettableClock;
import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** After probes have closed a breaker, load comes back in steps. */
@Tag("E-018")
class RampTest extends GuardBench {
  private static final Duration STEP = Duration.ofSeconds(1);
  private final SettableClock settable = new SettableClock();
  private final Ramp ramp = new Ramp(settable.nanoTime(), STEP, 2);

  private int admittedOf(int calls) {
    int admitted = 0;
    for (int i = 0; i < calls; i++) {
      admitted += ramp.admits(settable.nanoTime()) ? 1 : 0;
    }
    return admitted;
  }

  @Test
  void ten_then_twenty_five_then_fifty_of_a_hundred_pass_and_then_all() {
    assertEquals(10, admittedOf(100));
    settable.advance(STEP);
    assertEquals(25, admittedOf(100));
    settable.advance(STEP);
    assertEquals(50, admittedOf(100));
    settable.advance(STEP);
    assertEquals(100, admittedOf(100));
  }

  @Test
  void the_first_call_passes() {
    assertTrue(ramp.admits(settable.nanoTime()));
  }

  @Test
  void an_opening_within_it_counts_as_one_more_in_a_row_and_later_as_the_first() {
    assertEquals(3, ramp.reopenings(settable.nanoTime()));
    settable.advance(STEP.multipliedBy(3));
    assertEquals(0, ramp.reopenings(settable.nanoTime()));
  }

  @Test
  void a_guard_lets_load_back_in_steps_and_opens_for_longer_when_that_fails() throws Exception {
    Guard guard = Guard.of("partner", QUICK.with(QUICK_BREAKER.ramping(STEP)), vertx, settable);
    tripped(guard);
    reaches(guard, State.HALF_OPEN);
    for (int i = 0; i < 3; i++) {
      get(guard.call(soon(settable), () -> Future.succeededFuture("fine")));
    }
    assertEquals(State.CLOSED, guard.state().state());
    assertEquals(10, guard.state().loadPercent());
    assertEquals(10, passed(guard, 100));
    settable.advance(STEP.multipliedBy(2));
    assertEquals(50, guard.state().loadPercent());
    assertEquals(50, passed(guard, 100));
    while (guard.state().state() == State.CLOSED) {
      outage(away(guard));
    }
    assertTrue(guard.state().halfOpenIn().compareTo(OPEN.multipliedBy(2)) >= 0);
  }

  private int passed(Guard guard, int calls) {
    int passed = 0;
    for (int i = 0; i < calls; i++) {
      passed +=
          guard.call(soon(settable), () -> Future.succeededFuture("fine")).succeeded() ? 1 : 0;
    }
    return passed;
  }

  private static Deadline soon(SettableClock clock) {
    return Deadline.in(Duration.ofMinutes(1), clock);
  }

  private Future<String> away(Guard guard) {
    return guard.call(soon(settable), () -> Future.failedFuture(new Unavailable("down", "away")));
  }

  private void tripped(Guard guard) {
    for (int i = 0; i < 5; i++) {
      outage(away(guard));
    }
  }
}
