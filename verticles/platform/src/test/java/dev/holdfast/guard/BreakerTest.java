package dev.holdfast.guard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.guard.GuardState.State;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The life of the breaker as its callers see it (E-001 … E-025). The sixteen cases that E-025 lists
 * carry its tag, each once; the package's page has their table.
 */
class BreakerTest extends GuardBench {
  @Tag("E-001")
  @Tag("E-025")
  @Test
  void it_begins_closed() {
    assertEquals(State.CLOSED, guard(QUICK).state().state());
  }

  @Tag("E-025")
  @Test
  void a_success_passes_and_leaves_it_closed() throws Exception {
    Guard guard = guard(QUICK);
    assertEquals("fine", get(guard.call(soon(), () -> Future.succeededFuture("fine"))));
    assertEquals(State.CLOSED, guard.state().state());
    assertEquals(1, guard.state().counts().succeeded());
  }

  @Tag("E-002")
  @Tag("E-025")
  @Test
  void it_opens_at_the_threshold_and_not_before() {
    Guard guard = guard(QUICK);
    for (int i = 0; i < 4; i++) {
      fail(guard);
    }
    assertEquals(State.CLOSED, guard.state().state());
    fail(guard);
    assertEquals(State.OPEN, guard.state().state());
  }

  @Tag("E-001")
  @Tag("E-011")
  @Test
  void while_open_the_dependency_is_left_alone() {
    Guard guard =
        guard(QUICK.with(QUICK_BREAKER.opening(Duration.ofMinutes(1), Duration.ofMinutes(1))));
    trip(guard);
    AtomicInteger begun = new AtomicInteger();
    Unavailable refused =
        outage(
            guard.call(
                soon(),
                () -> {
                  begun.incrementAndGet();
                  return Future.succeededFuture();
                }));
    assertEquals("circuit_open", refused.code());
    assertEquals(0, begun.get());
    assertEquals(1, guard.state().counts().refusedOpen());
  }

  @Tag("E-001")
  @Tag("E-005")
  @Tag("E-025")
  @Test
  void it_is_half_open_after_its_time() {
    Guard guard = guard(QUICK);
    trip(guard);
    reaches(guard, State.HALF_OPEN);
  }

  @Tag("E-006")
  @Tag("E-022")
  @Tag("E-025")
  @Test
  void it_closes_after_as_many_successes_as_it_has_probes() throws Exception {
    Guard guard = guard(QUICK);
    trip(guard);
    reaches(guard, State.HALF_OPEN);
    succeed(guard);
    succeed(guard);
    assertEquals(State.HALF_OPEN, guard.state().state());
    succeed(guard);
    assertEquals(State.CLOSED, guard.state().state());
    assertEquals(0, guard.state().windowFailures());
  }

  @Tag("E-007")
  @Tag("E-025")
  @Test
  void it_opens_again_at_the_first_failed_probe_and_for_longer() throws Exception {
    Guard guard = guard(QUICK);
    trip(guard);
    reaches(guard, State.HALF_OPEN);
    succeed(guard);
    fail(guard);
    GuardState reopened = guard.state();
    assertEquals(State.OPEN, reopened.state());
    assertTrue(reopened.halfOpenIn().compareTo(OPEN) > 0, reopened.halfOpenIn().toString());
    assertEquals(2, reopened.counts().openings());
  }

  @Tag("E-008")
  @Tag("E-025")
  @Test
  void a_reset_closes_it_from_every_state() throws Exception {
    Guard guard = guard(QUICK);
    fail(guard);
    guard.reset();
    assertEquals(0, guard.state().windowFailures());
    trip(guard);
    guard.reset();
    assertEquals(State.CLOSED, guard.state().state());
    succeed(guard);
    trip(guard);
    reaches(guard, State.HALF_OPEN);
    guard.reset();
    assertEquals(State.CLOSED, guard.state().state());
    succeed(guard);
  }

  @Tag("E-015")
  @Tag("E-025")
  @Test
  void its_figures_add_up() throws Exception {
    Guard guard = guard(QUICK);
    succeed(guard);
    fail(guard);
    GuardState state = guard.state();
    assertEquals("partner", state.name());
    assertEquals(2, state.windowCalls());
    assertEquals(1, state.windowFailures());
    assertEquals(1, state.counts().succeeded());
    assertEquals(1, state.counts().failed());
    assertEquals(0, state.counts().running());
  }

  @Test
  void half_open_lets_no_more_than_its_probes_pass_whoever_asks() throws Exception {
    Guard guard = guard(QUICK);
    trip(guard);
    reaches(guard, State.HALF_OPEN);
    AtomicInteger begun = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(Thread.ofPlatform().start(() -> askOften(guard, begun)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(3, begun.get());
  }

  private void askOften(Guard guard, AtomicInteger begun) {
    for (int i = 0; i < 25; i++) {
      Future<String> probe =
          guard.call(
              soon(),
              () -> {
                begun.incrementAndGet();
                return Promise.<String>promise().future();
              });
      assertTrue(!probe.isComplete() || probe.failed());
    }
  }

  @Tag("E-014")
  @Tag("E-025")
  @Test
  void under_many_threads_every_call_is_counted_once() throws Exception {
    Guard guard = guard(QUICK.with(QUICK_BREAKER.opening(Duration.ofMillis(5), OPEN)));
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(Thread.ofPlatform().start(() -> callOften(guard)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    GuardState.Counts counts = guard.state().counts();
    assertEquals(0, counts.running());
    assertEquals(0, counts.waiting());
    assertTrue(counts.openings() > 0);
    assertEquals(
        40_000,
        counts.succeeded()
            + counts.failed()
            + counts.refusedOpen()
            + counts.refusedFull()
            + counts.refusedLate());
  }

  private void callOften(Guard guard) {
    for (int i = 0; i < 10_000; i++) {
      boolean fine = i % 3 == 0;
      Future<String> called =
          guard.call(
              soon(),
              () ->
                  fine
                      ? Future.succeededFuture("fine")
                      : Future.failedFuture(new Unavailable("down", "away")));
      assertTrue(called.isComplete());
    }
  }

  @Tag("E-012")
  @Tag("E-025")
  @Test
  void a_bound_call_succeeds_through_its_guard() throws Exception {
    Guard guard = guard(QUICK);
    GuardedCall<String> call = guard.guarding(() -> Future.succeededFuture("fine"));
    assertEquals("fine", get(call.call(soon())));
    assertEquals(1, guard.state().counts().succeeded());
  }

  @Tag("E-013")
  @Tag("E-025")
  @Test
  void a_bound_call_shows_its_guard() {
    Guard guard = guard(QUICK);
    assertSame(guard, guard.guarding(() -> Future.succeededFuture("fine")).guard());
  }

  @Tag("E-012")
  @Tag("E-025")
  @Test
  void a_bound_call_opens_its_guard() {
    GuardedCall<String> call =
        guard(QUICK).guarding(() -> Future.failedFuture(new Unavailable("down", "away")));
    for (int i = 0; i < 5; i++) {
      outage(call.call(soon()));
    }
    assertEquals(State.OPEN, call.guard().state().state());
  }

  @Tag("E-012")
  @Tag("E-025")
  @Test
  void a_name_that_nobody_asked_for_is_a_new_guard() {
    Guards guards = new Guards(vertx, clock, new Meters());
    assertTrue(guards.find("database").isEmpty());
    Guard database = guards.named("database", QUICK);
    assertEquals("database", database.name());
    assertEquals(State.CLOSED, database.state().state());
    assertSame(database, guards.find("database").orElseThrow());
  }

  @Tag("E-012")
  @Tag("E-025")
  @Test
  void the_same_name_is_the_same_guard_whatever_it_is_asked_for_with() {
    Guards guards = new Guards(vertx, clock, new Meters());
    Guard database = guards.named("database", QUICK);
    trip(database);
    Guard again = guards.named("database", GuardSettings.EXTERNAL);
    assertSame(database, again);
    assertEquals(State.OPEN, again.state().state());
  }

  @Tag("E-012")
  @Tag("E-025")
  @Test
  void another_name_is_another_guard_with_a_state_of_its_own() {
    Guards guards = new Guards(vertx, clock, new Meters());
    Guard database = guards.named("database", QUICK);
    Guard payment = guards.named("payment", QUICK);
    assertNotSame(database, payment);
    trip(database);
    assertEquals(State.CLOSED, payment.state().state());
  }

  @Tag("E-008")
  @Tag("E-025")
  @Test
  void all_are_reset_together() {
    Guards guards = new Guards(vertx, clock, new Meters());
    trip(guards.named("database", QUICK));
    trip(guards.named("payment", QUICK));
    guards.resetAll();
    guards.states().forEach(state -> assertEquals(State.CLOSED, state.state()));
    assertEquals(
        List.of("database", "payment"), guards.states().stream().map(GuardState::name).toList());
  }

  @Test
  void its_state_is_shown_as_a_gauge() {
    Meters meters = new Meters();
    trip(new Guards(vertx, clock, meters).named("database", QUICK));
    assertTrue(
        meters.text().contains("holdfast_guard_state{guard=\"database\"} 1.0"), meters.text());
    assertTrue(meters.text().contains("holdfast_guard_openings_total{guard=\"database\"} 1.0"));
  }

  @Test
  void every_change_is_told() throws Exception {
    Guard guard = guard(QUICK);
    List<State> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
    guard.onChange(
        state -> {
          throw new IllegalStateException("a listener's own mistake");
        });
    guard.onChange(state -> heard.add(state.state()));
    trip(guard);
    await().atMost(5, TimeUnit.SECONDS).until(() -> heard.size() == 2);
    for (int i = 0; i < 3; i++) {
      succeed(guard);
    }
    assertEquals(List.of(State.OPEN, State.HALF_OPEN, State.CLOSED), heard);
  }

  @Test
  void a_failure_that_does_not_count_neither_opens_nor_closes_it() throws Exception {
    Guard guard = guard(QUICK);
    for (int i = 0; i < 20; i++) {
      bug(guard);
    }
    assertEquals(State.CLOSED, guard.state().state());
    assertEquals(20, guard.state().counts().ignored());
    trip(guard);
    reaches(guard, State.HALF_OPEN);
    for (int i = 0; i < 20; i++) {
      bug(guard);
    }
    assertEquals(State.HALF_OPEN, guard.state().state());
    for (int i = 0; i < 3; i++) {
      succeed(guard);
    }
    assertEquals(State.CLOSED, guard.state().state());
  }

  private void bug(Guard guard) {
    Future<String> called =
        guard.call(
            soon(),
            () -> {
              throw new IllegalStateException("bug");
            });
    assertThrows(IllegalStateException.class, () -> get(called));
  }

  @Test
  void few_failures_among_many_calls_do_not_open_it() throws Exception {
    Guard guard = guard(QUICK);
    for (int i = 0; i < 100; i++) {
      succeed(guard);
    }
    for (int i = 0; i < 50; i++) {
      fail(guard);
    }
    assertEquals(State.CLOSED, guard.state().state());
  }

  @Tag("E-002")
  @Tag("E-003")
  @Test
  void unless_told_otherwise_it_opens_at_five_failures_for_a_minute() {
    assertEquals(5, BreakerSettings.DEFAULTS.trip().failures());
    assertEquals(Duration.ofMinutes(1), BreakerSettings.DEFAULTS.opening().first());
  }

  @Test
  void settings_that_make_no_sense_are_refused() {
    assertThrows(
        IllegalArgumentException.class, () -> QUICK_BREAKER.tripping(trip -> trip.failures(0)));
    assertThrows(
        IllegalArgumentException.class,
        () -> QUICK_BREAKER.opening(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> QUICK.room(0, 1));
    assertThrows(IllegalArgumentException.class, () -> QUICK.attemptTime(Duration.ZERO));
  }

  @Test
  void a_dropped_opening_never_comes_back() {
    Guard guard = guard(QUICK);
    trip(guard);
    guard.reset();
    await()
        .during(OPEN.multipliedBy(3))
        .atMost(5, TimeUnit.SECONDS)
        .until(() -> guard.state().state() == State.CLOSED);
    assertFalse(guard.state().generation() > 2);
  }
}
