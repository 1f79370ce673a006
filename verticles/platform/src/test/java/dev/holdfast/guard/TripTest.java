package dev.holdfast.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.guard.GuardState.State;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.testing.SettableClock;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a breaker opens: at a number of failures, a part of the calls, or slow answers. */
class TripTest extends GuardBench {
  private static final BreakerSettings HALF = BreakerSettings.DEFAULTS;
  private static final BreakerSettings PLAIN =
      new BreakerSettings(
          new TripSettings(5, 0, 20, Duration.ofSeconds(1), 0.8, Duration.ofSeconds(10)),
          new BreakerSettings.Opening(OPEN, OPEN),
          new BreakerSettings.Probing(3, Duration.ofSeconds(1), Duration.ZERO));

  private static Window.Sums calls(long fine, long failed, long slow) {
    return new Window.Sums(fine, failed, slow);
  }

  @Test
  void failures_open_when_they_are_many_and_most() {
    assertFalse(TripRules.opens(HALF.trip(), calls(0, 4, 0)));
    assertTrue(TripRules.opens(HALF.trip(), calls(0, 5, 0)));
    assertTrue(TripRules.opens(HALF.trip(), calls(5, 5, 0)));
    assertFalse(TripRules.opens(HALF.trip(), calls(6, 5, 0)));
  }

  @Tag("E-002")
  @Test
  void at_a_rate_of_zero_their_number_alone_decides() {
    assertFalse(TripRules.opens(PLAIN.trip(), calls(1_000, 4, 0)));
    assertTrue(TripRules.opens(PLAIN.trip(), calls(1_000, 5, 0)));
  }

  @Test
  void with_too_few_calls_no_rate_decides() {
    BreakerSettings few = PLAIN.tripping(trip -> trip.slow(Duration.ofSeconds(1), 0.5));
    assertFalse(TripRules.opens(few.trip(), calls(19, 0, 19)));
    assertTrue(TripRules.opens(few.trip(), calls(20, 0, 10)));
  }

  @Test
  void slow_answers_open_it_without_a_failure() throws Exception {
    SettableClock settable = new SettableClock();
    Guard guard =
        Guard.of(
            "partner",
            QUICK.with(QUICK_BREAKER.tripping(trip -> trip.slow(Duration.ofMillis(300), 0.8))),
            vertx,
            settable);
    for (int i = 0; i < 4; i++) {
      slow(guard, settable, Duration.ofMillis(300));
    }
    assertEquals(State.CLOSED, guard.state().state());
    assertEquals(4, guard.state().windowSlow());
    slow(guard, settable, Duration.ofMillis(300));
    assertEquals(State.OPEN, guard.state().state());
    assertEquals(0, guard.state().counts().failed());
  }

  @Test
  void answers_that_are_hardly_in_time_do_not() throws Exception {
    SettableClock settable = new SettableClock();
    Guard guard =
        Guard.of(
            "partner",
            QUICK.with(QUICK_BREAKER.tripping(trip -> trip.slow(Duration.ofMillis(300), 0.8))),
            vertx,
            settable);
    for (int i = 0; i < 20; i++) {
      slow(guard, settable, Duration.ofMillis(299));
    }
    assertEquals(State.CLOSED, guard.state().state());
  }

  private void slow(Guard guard, SettableClock settable, Duration takes) throws Exception {
    get(
        guard.call(
            Deadline.in(Duration.ofMinutes(1), settable),
            () -> {
              settable.advance(takes);
              return Future.succeededFuture("at last");
            }));
  }

  @Tag("E-236")
  @Test
  void an_outage_is_found_with_the_failure_that_makes_it_one_and_no_later() {
    Guard guard = guard(QUICK);
    List<State> heard = new CopyOnWriteArrayList<>();
    guard.onChange(state -> heard.add(state.state()));
    for (int calls = 1; calls <= 5; calls++) {
      assertEquals(List.of(), heard);
      Future<String> call =
          guard.call(soon(), () -> Future.failedFuture(new Unavailable("down", "away")));
      assertTrue(call.failed());
    }
    assertEquals(List.of(State.OPEN), heard);
  }
}
