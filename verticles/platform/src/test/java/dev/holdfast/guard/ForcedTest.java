package dev.holdfast.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.guard.GuardState.State;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.testing.SettableClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A person holds a state, for a time and with a reason. */
class ForcedTest extends GuardBench {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(80);

  @Test
  void forced_open_refuses_a_healthy_dependency_until_probes_have_passed_after_it()
      throws Exception {
    Guard guard = guard(QUICK);
    guard.force(State.OPEN, SHORT, "maintenance");
    assertEquals("maintenance", guard.state().forced());
    assertEquals(
        Guard.CIRCUIT_OPEN,
        outage(guard.call(soon(), () -> Future.succeededFuture("fine"))).code());
    reaches(guard, State.HALF_OPEN);
    assertEquals("", guard.state().forced());
    for (int i = 0; i < 3; i++) {
      succeed(guard);
    }
    assertEquals(State.CLOSED, guard.state().state());
  }

  @Test
  void forced_closed_stays_closed_whatever_fails_and_judges_again_afterwards() {
    Guard guard = guard(QUICK);
    guard.force(State.CLOSED, SHORT, "a false alarm");
    for (int i = 0; i < 50; i++) {
      fail(guard);
    }
    assertEquals(State.CLOSED, guard.state().state());
    assertEquals("a false alarm", guard.state().forced());
    Awaitility.await().until(() -> guard.state().forced().isEmpty());
    assertEquals(State.CLOSED, guard.state().state());
    trip(guard);
    assertEquals(State.OPEN, guard.state().state());
  }

  @Test
  void forced_half_open_lets_as_many_pass_at_once_as_there_are_probes() throws Exception {
    Guard guard = guard(QUICK);
    guard.force(State.HALF_OPEN, LONG, "careful");
    List<Promise<String>> held = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Promise<String> one = Promise.promise();
      held.add(one);
      hold(guard, one);
    }
    Future<String> fourth = guard.call(soon(), () -> Future.succeededFuture("fine"));
    assertEquals(Guard.CIRCUIT_OPEN, outage(fourth).code());
    held.forEach(one -> one.complete("fine"));
    Awaitility.await().until(() -> guard.state().counts().running() == 0);
    for (int i = 0; i < 10; i++) {
      succeed(guard);
      fail(guard);
    }
    assertEquals(State.HALF_OPEN, guard.state().state());
    guard.reset();
    assertEquals(State.CLOSED, guard.state().state());
    assertEquals("", guard.state().forced());
  }

  @Test
  void a_state_whose_timer_was_lost_ends_at_the_next_look() {
    SettableClock settable = new SettableClock();
    Guard guard = Guard.of("partner", QUICK, vertx, settable);
    guard.force(State.HALF_OPEN, LONG, "careful");
    settable.advance(LONG);
    assertEquals(State.CLOSED, guard.state().state());
    guard.force(State.CLOSED, LONG, "careful");
    settable.advance(LONG);
    assertEquals("", guard.state().forced());
  }

  @Test
  void who_forces_says_why_and_how_long() {
    Guard guard = guard(QUICK);
    assertThrows(
        IllegalArgumentException.class, () -> guard.force(State.OPEN, Duration.ZERO, "why"));
    assertThrows(IllegalArgumentException.class, () -> guard.force(State.OPEN, LONG, " "));
  }

  /** A partner in total outage is not asked more often because callers try again. */
  @Tag("E-237")
  @Test
  void in_a_total_outage_with_the_breaker_held_closed_calls_stay_near_the_load_offered() {
    int offered = 1_000;
    AtomicInteger reached = new AtomicInteger();
    Guard guard = guard(QUICK.room(offered, 0).retries(5, QUICK.retry().backoff()));
    guard.force(State.CLOSED, LONG, "an outage is watched");
    List<Future<String>> calls = new ArrayList<>();
    Deadline deadline = Deadline.in(Duration.ofSeconds(30), clock);
    for (int i = 0; i < offered; i++) {
      calls.add(
          guard.callIdempotent(
              deadline,
              () -> {
                reached.incrementAndGet();
                return Future.failedFuture(new Unavailable("down", "away"));
              }));
    }
    calls.forEach(GuardBench::outage);
    assertEquals(State.CLOSED, guard.state().state());
    assertTrue(reached.get() >= offered, "reached " + reached);
    assertTrue(reached.get() <= offered * 12 / 10, "reached " + reached);
    assertTrue(guard.state().counts().retriesOverBudget() > 0);
  }
}
