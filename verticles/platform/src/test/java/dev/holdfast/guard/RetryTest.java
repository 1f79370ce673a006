package dev.holdfast.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Backoff;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.ErrorRecovery;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.SettableClock;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Retries as steps, their presets and their statistics (E-036, E-037). */
@Tag("E-037")
class RetryTest extends GuardBench {
  private final Unavailable away = new Unavailable("down", "away");

  private final SettableClock settable = new SettableClock();

  private RetrySteps steps(GuardSettings settings, Duration within) {
    return Guard.of("partner", settings, vertx, settable).steps(Deadline.in(within, settable));
  }

  @Tag("E-036")
  @Test
  void steps_that_succeed_at_once_are_over_without_a_retry() {
    RetrySteps steps = steps(QUICK, Duration.ofSeconds(5));
    assertEquals(1, steps.attempt());
    steps.succeeded();
    assertTrue(steps.isOver());
    assertThrows(IllegalStateException.class, () -> steps.failed(away));
  }

  @Tag("E-036")
  @Test
  void each_failure_tells_how_long_to_wait_until_the_attempts_are_used_up() {
    RetrySteps steps = steps(QUICK, Duration.ofSeconds(5));
    assertTrue(steps.failed(away).isPresent());
    assertEquals(2, steps.attempt());
    assertTrue(steps.failed(away).isPresent());
    assertEquals(3, steps.attempt());
    assertEquals(Optional.empty(), steps.failed(away));
    assertTrue(steps.isOver());
  }

  @Tag("E-031")
  @Test
  void a_failure_that_is_not_the_dependencys_ends_the_steps() {
    RetrySteps steps = steps(QUICK, Duration.ofSeconds(5));
    assertEquals(Optional.empty(), steps.failed(new IllegalStateException("bug")));
    assertTrue(steps.isOver());
  }

  @Tag("E-036")
  @Test
  void what_is_left_of_the_time_is_told_and_no_wait_passes_it() {
    Backoff hour = new Backoff(Duration.ofHours(1), Duration.ofHours(1));
    RetrySteps steps = steps(QUICK.retries(3, hour), Duration.ofSeconds(5));
    settable.advance(Duration.ofSeconds(2));
    assertEquals(Duration.ofSeconds(3), steps.remaining());
    assertEquals(Optional.empty(), steps.failed(away));
  }

  @Tag("E-028")
  @Test
  void waits_grow_by_doubling_up_to_the_cap_and_are_jittered() {
    Backoff network = RetrySettings.NETWORK.backoff();
    assertEquals(Duration.ofSeconds(1), network.bound(0));
    assertEquals(Duration.ofSeconds(2), network.bound(1));
    assertEquals(Duration.ofSeconds(32), network.bound(5));
    assertEquals(Duration.ofSeconds(60), network.bound(6));
    assertEquals(Duration.ofSeconds(60), network.bound(60));
  }

  @Tag("E-029")
  @Test
  void a_wait_is_drawn_from_the_whole_of_its_bound() {
    Backoff network = RetrySettings.NETWORK.backoff();
    assertEquals(Duration.ZERO, network.wait(3, n -> 0));
    assertEquals(Duration.ofSeconds(8), network.wait(3, n -> n - 1));
  }

  @Tag("E-027")
  @Test
  void the_presets_have_their_attempts() {
    assertEquals(3, RetrySettings.DATABASE.attempts());
    assertEquals(5, RetrySettings.NETWORK.attempts());
    assertEquals(3, RetrySettings.API.attempts());
    assertEquals(3, RetrySettings.FAST.attempts());
    assertTrue(
        RetrySettings.FAST.backoff().cap().compareTo(RetrySettings.DATABASE.backoff().cap()) < 0);
  }

  @Tag("E-035")
  @Tag("E-041")
  @Test
  void retries_are_counted_by_attempt_and_by_what_became_of_them() throws Exception {
    Meters meters = new Meters();
    Guard guard = new Guards(vertx, clock, meters).named("partner", QUICK);
    AtomicInteger begun = new AtomicInteger();
    get(
        guard.callIdempotent(
            soon(),
            () ->
                begun.incrementAndGet() < 3
                    ? Future.failedFuture(away)
                    : Future.succeededFuture("fine")));
    assertEquals(2, guard.state().counts().retries());
    assertEquals(1, guard.state().counts().retriesSucceeded());
    outage(guard.callIdempotent(soon(), () -> Future.failedFuture(away)));
    GuardState.Counts counts = guard.state().counts();
    assertEquals(1, counts.retriesExhausted() + counts.retriesOverBudget());
    String text = meters.text();
    String series =
        "holdfast_guard_attempts_total{attempt=\"%s\",guard=\"partner\",outcome=\"%s\"}";
    assertTrue(text.contains(series.formatted(3, "ok") + " 1.0"), text);
    assertTrue(text.contains(series.formatted(2, "ok") + " 0.0"), text);
    assertTrue(text.contains(series.formatted(2, "begun") + " 2.0"), text);
  }

  @Tag("E-034")
  @Test
  void while_the_breaker_is_open_nothing_is_retried() {
    Guard guard =
        guard(QUICK.with(QUICK_BREAKER.opening(Duration.ofMinutes(1), Duration.ofMinutes(1))));
    trip(guard);
    long retries = guard.state().counts().retries();
    outage(guard.callIdempotent(soon(), () -> Future.succeededFuture("fine")));
    assertEquals(retries, guard.state().counts().retries());
  }

  @Tag("E-020")
  @Test
  void a_fallback_holds_in_an_outage_and_hides_no_bug() throws Exception {
    Guard guard =
        guard(QUICK.with(QUICK_BREAKER.opening(Duration.ofMinutes(1), Duration.ofMinutes(1))));
    trip(guard);
    GuardedCall<String> fine = guard.guarding(() -> Future.succeededFuture("fine"));
    assertEquals("circuit_open", get(fine.callOr(soon(), Unavailable::code)));
    guard.reset();
    GuardedCall<String> broken =
        guard.guarding(() -> Future.failedFuture(new IllegalStateException("bug")));
    Future<String> bug = broken.callOr(soon(), outage -> "");
    assertThrows(IllegalStateException.class, () -> get(bug));
    assertFalse(bug.succeeded());
  }

  @Tag("E-019")
  @Tag("E-021")
  @Test
  void every_transition_is_counted_a_reset_by_hand_too() throws Exception {
    Meters meters = new Meters();
    Guard guard = new Guards(vertx, clock, meters).named("partner", QUICK);
    succeed(guard);
    trip(guard);
    guard.reset();
    assertEquals(2, guard.state().counts().transitions());
    assertEquals(1 / 6.0, guard.state().counts().successRate(), 1e-9);
    String series = "holdfast_guard_transitions_total{guard=\"partner\",to=\"%s\"} 1.0";
    assertTrue(meters.text().contains(series.formatted("open")), meters.text());
    assertTrue(meters.text().contains(series.formatted("closed")), meters.text());
  }

  @Tag("E-045")
  @Test
  void what_another_way_is_taken_for_is_not_asked_again() {
    Guard guard =
        new Guards(
                vertx,
                clock,
                new Meters(),
                failure ->
                    failure instanceof Unavailable outage && outage.code().equals("down")
                        ? ErrorRecovery.RETRY
                        : ErrorRecovery.FALLBACK)
            .named("partner", QUICK);
    AtomicInteger begun = new AtomicInteger();
    outage(guard.callIdempotent(soon(), () -> counted(begun, new Unavailable("silent", "away"))));
    assertEquals(1, begun.get());
    assertEquals(1, guard.state().counts().failed());
    begun.set(0);
    outage(guard.callIdempotent(soon(), () -> counted(begun, away)));
    assertEquals(3, begun.get());
  }

  private static Future<String> counted(AtomicInteger begun, Unavailable failure) {
    begun.incrementAndGet();
    return Future.failedFuture(failure);
  }

  @Tag("E-030")
  @Test
  void a_thread_that_may_be_blocked_retries_by_a_function() throws Exception {
    Guard guard = guard(QUICK);
    AtomicInteger begun = new AtomicInteger();
    List<Duration> waits = new ArrayList<>();
    String answer =
        guard
            .steps(soon())
            .run(() -> guard.callBlocking(soon(), () -> thirdTime(begun)), waits::add);
    assertEquals("fine", answer);
    assertEquals(3, begun.get());
    assertEquals(2, waits.size());
    assertEquals(1, guard.state().counts().retriesSucceeded());
  }

  private String thirdTime(AtomicInteger begun) {
    if (begun.incrementAndGet() < 3) {
      throw away;
    }
    return "fine";
  }

  @Tag("E-030")
  @Tag("E-031")
  @Test
  void its_last_failure_is_its_own_and_what_is_not_chosen_is_not_retried() {
    RetrySteps steps = steps(QUICK, Duration.ofSeconds(5));
    AtomicInteger begun = new AtomicInteger();
    assertThrows(
        IOException.class,
        () ->
            steps.run(
                () -> {
                  begun.incrementAndGet();
                  throw new IOException("not the dependency's");
                },
                wait -> {}));
    assertEquals(1, begun.get());
  }

  @Tag("E-033")
  @Test
  void below_an_asker_that_repeats_nobody_does() {
    Guard guard = guard(QUICK);
    AtomicInteger begun = new AtomicInteger();
    Deadline ofRunner = soon().asAttempt(1);
    assertSame(away, outage(guard.callIdempotent(ofRunner, () -> counted(begun, away))));
    assertEquals(1, begun.get());
    assertEquals(0, guard.state().counts().retries());
    Deadline sooner = Deadline.in(Duration.ofSeconds(1), clock).orSooner(ofRunner);
    outage(guard.callIdempotent(sooner, () -> counted(begun, away)));
    assertEquals(2, begun.get());
  }
}
