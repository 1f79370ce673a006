package dev.holdfast.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Backoff;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.testing.SettableClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Deadlines, retries with their budget, and the bulkhead. */
class GuardTest extends GuardBench {
  private static final BreakerSettings NEVER_OPENS =
      QUICK_BREAKER.tripping(trip -> trip.failures(Integer.MAX_VALUE));
  private static final GuardSettings CALM = QUICK.with(NEVER_OPENS);

  private final AtomicInteger begun = new AtomicInteger();

  private Supplier<Future<String>> failingTimes(int failures) {
    return () ->
        begun.incrementAndGet() <= failures
            ? Future.failedFuture(new Unavailable("down", "away"))
            : Future.succeededFuture("fine");
  }

  @Test
  void a_passed_deadline_begins_nothing() {
    Deadline passed = Deadline.in(Duration.ofMillis(-1), clock);
    Guard guard = guard(CALM);
    assertEquals("deadline_passed", outage(guard.call(passed, failingTimes(0))).code());
    assertEquals(0, begun.get());
    assertEquals(1, guard.state().counts().refusedLate());
  }

  @Test
  void an_attempt_ends_at_the_callers_deadline() {
    Guard guard = guard(CALM.attemptTime(Duration.ofMinutes(1)));
    Deadline near = Deadline.in(Duration.ofMillis(50), clock);
    Future<String> hung = guard.call(near, () -> Promise.<String>promise().future());
    assertEquals("deadline_passed", outage(hung).code());
    assertEquals(1, guard.state().counts().failed());
    assertEquals(0, guard.state().counts().running());
  }

  @Test
  void an_attempt_ends_at_its_own_time() {
    Guard guard = guard(CALM.attemptTime(Duration.ofMillis(50)));
    Future<String> hung = guard.call(soon(), () -> Promise.<String>promise().future());
    assertEquals("deadline_passed", outage(hung).code());
  }

  @Test
  void the_answer_of_a_lost_attempt_changes_nothing_any_more() {
    Guard guard = guard(CALM.attemptTime(Duration.ofMillis(50)));
    Promise<String> slow = Promise.promise();
    outage(guard.call(soon(), slow::future));
    slow.complete("late");
    assertEquals(0, guard.state().counts().succeeded());
    assertEquals(1, guard.state().counts().failed());
    assertEquals(0, guard.state().counts().running());
  }

  @Test
  void a_call_is_answered_on_its_callers_context() throws Exception {
    Guard guard = guard(CALM);
    Promise<String> work = Promise.promise();
    Promise<Boolean> same = Promise.promise();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        now ->
            guard
                .call(soon(), work::future)
                .onComplete(done -> same.complete(vertx.getOrCreateContext() == context)));
    Awaitility.await()
        .atMost(5, TimeUnit.SECONDS)
        .until(() -> guard.state().counts().running() == 1);
    work.complete("from another thread");
    assertTrue(get(same.future()));
  }

  @Tag("E-026")
  @Test
  void a_call_that_succeeds_at_once_is_made_once() throws Exception {
    assertEquals("fine", get(guard(CALM).callIdempotent(soon(), failingTimes(0))));
    assertEquals(1, begun.get());
  }

  @Tag("E-026")
  @Test
  void a_repeatable_call_succeeds_after_retries() throws Exception {
    Guard guard = guard(CALM);
    assertEquals("fine", get(guard.callIdempotent(soon(), failingTimes(2))));
    assertEquals(3, begun.get());
    assertEquals(2, guard.state().counts().retries());
  }

  @Tag("E-026")
  @Test
  void when_all_attempts_fail_the_last_failure_is_told() {
    Unavailable last = outage(guard(CALM).callIdempotent(soon(), failingTimes(9)));
    assertEquals("down", last.code());
    assertEquals(3, begun.get());
  }

  @Test
  void a_call_that_may_not_be_repeated_is_made_once() {
    outage(guard(CALM).call(soon(), failingTimes(9)));
    assertEquals(1, begun.get());
  }

  @Tag("E-031")
  @Test
  void only_failures_that_count_are_retried() {
    Guard guard = guard(CALM.counting(IllegalStateException.class::isInstance));
    outage(guard.callIdempotent(soon(), failingTimes(9)));
    assertEquals(1, begun.get());
    Future<String> counted =
        guard.callIdempotent(
            soon(),
            () -> {
              begun.incrementAndGet();
              throw new IllegalStateException("counts here");
            });
    assertThrows(IllegalStateException.class, () -> get(counted));
    assertEquals(4, begun.get());
  }

  @Tag("E-033")
  @Test
  void no_retry_begins_that_could_not_end_in_time() {
    Guard guard = guard(CALM.retries(3, new Backoff(Duration.ofHours(1), Duration.ofHours(1))));
    long start = System.nanoTime();
    outage(guard.callIdempotent(soon(), failingTimes(9)));
    assertEquals(1, begun.get());
    assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(4));
  }

  @Test
  void an_attempt_lost_to_its_own_time_is_tried_again_within_the_deadline() throws Exception {
    Guard guard = guard(CALM.attemptTime(Duration.ofMillis(50)));
    Future<String> answer =
        guard.callIdempotent(
            soon(),
            () ->
                begun.incrementAndGet() == 1
                    ? Promise.<String>promise().future()
                    : Future.succeededFuture("fine"));
    assertEquals("fine", get(answer));
  }

  @Test
  void a_refusal_by_the_guard_itself_is_not_retried() {
    Guard guard =
        guard(QUICK.with(QUICK_BREAKER.opening(Duration.ofMinutes(1), Duration.ofMinutes(1))));
    trip(guard);
    assertEquals("circuit_open", outage(guard.callIdempotent(soon(), failingTimes(0))).code());
    assertEquals(0, guard.state().counts().retries());
  }

  @Tag("E-033")
  @Test
  void in_an_outage_retries_stay_within_a_tenth_of_the_calls() {
    Guard guard = Guard.of("partner", CALM.room(2_000, 0), vertx, new SettableClock());
    List<Future<String>> calls = new ArrayList<>();
    Deadline deadline = Deadline.in(Duration.ofSeconds(30), new SettableClock());
    for (int i = 0; i < 1_000; i++) {
      calls.add(guard.callIdempotent(deadline, failingTimes(Integer.MAX_VALUE)));
    }
    calls.forEach(GuardBench::outage);
    assertTrue(begun.get() <= 1_103, "began " + begun.get());
    assertTrue(begun.get() >= 1_050, "began " + begun.get());
  }

  @Test
  void the_budget_has_a_floor_of_three_a_second_and_a_tenth_above_it() {
    SettableClock settable = new SettableClock();
    RetryBudget budget = new RetryBudget(settable);
    for (int i = 0; i < 3; i++) {
      assertTrue(budget.take(settable.nanoTime()));
    }
    assertFalse(budget.take(settable.nanoTime()));
    settable.advance(Duration.ofSeconds(1));
    assertTrue(budget.take(settable.nanoTime()));
    settable.advance(Duration.ofSeconds(20));
    for (int i = 0; i < 50; i++) {
      budget.called(settable.nanoTime());
    }
    for (int i = 0; i < 5; i++) {
      assertTrue(budget.take(settable.nanoTime()));
    }
    assertFalse(budget.take(settable.nanoTime()));
  }

  @Test
  void calls_beyond_the_places_wait_in_turn() throws Exception {
    Guard guard = guard(CALM.room(1, 10));
    Promise<String> holding = Promise.promise();
    hold(guard, holding);
    List<Integer> order = new java.util.concurrent.CopyOnWriteArrayList<>();
    List<Future<String>> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int number = i;
      waiting.add(
          guard.call(
              soon(),
              () -> {
                order.add(number);
                return Future.succeededFuture("fine");
              }));
    }
    assertEquals(5, guard.state().counts().waiting());
    assertEquals(List.of(), order);
    holding.complete("done");
    for (Future<String> call : waiting) {
      assertEquals("fine", get(call));
    }
    assertEquals(List.of(0, 1, 2, 3, 4), order);
    assertEquals(0, guard.state().counts().waiting());
  }

  @Test
  void calls_beyond_the_queue_are_refused_at_once() {
    Guard guard = guard(CALM.room(1, 2));
    hold(guard, Promise.promise());
    hold(guard, Promise.promise());
    hold(guard, Promise.promise());
    Future<String> refused = guard.call(soon(), failingTimes(0));
    assertTrue(refused.isComplete());
    assertEquals("overloaded", outage(refused).code());
    assertEquals(0, begun.get());
    assertEquals(1, guard.state().counts().refusedFull());
  }

  @Test
  void a_call_whose_deadline_passes_in_the_queue_is_never_begun() throws Exception {
    Guard guard = guard(CALM.room(1, 2));
    Promise<String> holding = Promise.promise();
    Future<String> first = hold(guard, holding);
    Future<String> late = guard.call(Deadline.in(Duration.ofMillis(50), clock), failingTimes(0));
    assertEquals("deadline_passed", outage(late).code());
    assertEquals(0, guard.state().counts().waiting());
    holding.complete("done");
    get(first);
    succeed(guard);
    assertEquals(0, begun.get());
  }

  @Test
  void no_more_attempts_run_than_there_are_places_whoever_asks() throws Exception {
    Guard guard = guard(CALM.room(4, 1_000));
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Future<String>> calls = new java.util.concurrent.CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 200; i++) {
                      calls.add(guard.call(soon(), () -> brief(running, most)));
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    for (Future<String> call : calls) {
      assertEquals("fine", get(call));
    }
    assertTrue(most.get() <= 4, "ran " + most.get() + " at once");
    assertEquals(800, guard.state().counts().succeeded());
    assertEquals(0, guard.state().counts().running());
  }

  private Future<String> brief(AtomicInteger running, AtomicInteger most) {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    return vertx
        .timer(1, TimeUnit.MILLISECONDS)
        .map("fine")
        .andThen(done -> running.decrementAndGet());
  }

  @Test
  void calls_that_wait_when_the_breaker_opens_are_refused_unbegun() {
    Guard guard =
        guard(
            QUICK
                .room(1, 10)
                .with(QUICK_BREAKER.opening(Duration.ofMinutes(1), Duration.ofMinutes(1))));
    for (int i = 0; i < 4; i++) {
      fail(guard);
    }
    Promise<String> fifth = Promise.promise();
    Future<String> held = hold(guard, fifth);
    Future<String> waiting = guard.call(soon(), failingTimes(0));
    fifth.fail(new Unavailable("down", "away"));
    outage(held);
    assertEquals("circuit_open", outage(waiting).code());
    assertEquals(0, begun.get());
    assertEquals(0, guard.state().counts().running());
  }

  @Tag("E-010")
  @Test
  void a_blocking_call_passes_the_same_gates() throws Exception {
    Guard guard = guard(QUICK.room(1, 0));
    assertEquals("fine", guard.callBlocking(soon(), () -> "fine"));
    Deadline passed = Deadline.in(Duration.ZERO, clock);
    assertEquals("deadline_passed", refused(() -> guard.callBlocking(passed, () -> "late")));
    Promise<String> held = Promise.promise();
    Future<String> first = hold(guard, held);
    assertEquals("overloaded", refused(() -> guard.callBlocking(soon(), () -> "no place")));
    held.complete("fine");
    get(first);
    for (int i = 0; i < 5; i++) {
      refused(
          () ->
              guard.callBlocking(
                  soon(),
                  () -> {
                    throw new Unavailable("down", "away");
                  }));
    }
    assertEquals(GuardState.State.OPEN, guard.state().state());
    assertEquals("circuit_open", refused(() -> guard.callBlocking(soon(), () -> "open")));
    assertEquals(0, guard.state().counts().running());
  }

  private static String refused(Executable call) {
    return assertThrows(Unavailable.class, call).code();
  }
}
