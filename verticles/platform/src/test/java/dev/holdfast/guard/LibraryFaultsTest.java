package dev.holdfast.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.guard.GuardState.State;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Faults that were seen in the Vert.x circuit breaker when it counts by itself, tagged with those
 * of E-025; ours has none. What goes with a verticle that is undeployed is tested beside them.
 */
class LibraryFaultsTest extends GuardBench {
  private record Change(State state, long nanos) {}

  private static List<Change> changes(Guard guard) {
    List<Change> heard = new CopyOnWriteArrayList<>();
    guard.onChange(state -> heard.add(new Change(state.state(), System.nanoTime())));
    return heard;
  }

  @Tag("E-025")
  @Test
  void a_success_now_and_then_does_not_hide_eighty_percent_failures() throws Exception {
    Guard guard = guard(QUICK);
    int calls = 0;
    while (guard.state().state() == State.CLOSED && calls < 20) {
      if (calls % 5 == 0) {
        succeed(guard);
      } else {
        fail(guard);
      }
      calls++;
    }
    assertEquals(State.OPEN, guard.state().state());
  }

  @Tag("E-025")
  @Test
  void the_late_result_of_an_old_call_neither_closes_nor_opens_a_half_open_breaker()
      throws Exception {
    Guard guard = guard(QUICK);
    Promise<String> lateSuccess = Promise.promise();
    Promise<String> lateFailure = Promise.promise();
    Future<String> first = hold(guard, lateSuccess);
    Future<String> second = hold(guard, lateFailure);
    trip(guard);
    reaches(guard, State.HALF_OPEN);
    succeed(guard);
    succeed(guard);
    lateSuccess.complete("late");
    assertEquals("late", get(first));
    assertEquals(State.HALF_OPEN, guard.state().state());
    lateFailure.fail(new Unavailable("down", "away"));
    outage(second);
    assertEquals(State.HALF_OPEN, guard.state().state());
    succeed(guard);
    assertEquals(State.CLOSED, guard.state().state());
  }

  @Test
  void the_late_failure_of_an_old_call_does_not_count_after_closing() throws Exception {
    Guard guard = guard(QUICK);
    Promise<String> late = Promise.promise();
    Future<String> old = hold(guard, late);
    trip(guard);
    reaches(guard, State.HALF_OPEN);
    for (int i = 0; i < 3; i++) {
      succeed(guard);
    }
    late.fail(new Unavailable("down", "away"));
    outage(old);
    assertEquals(0, guard.state().windowFailures());
  }

  @Tag("E-025")
  @Test
  void a_probe_that_hangs_is_a_failure_at_its_deadline() throws Exception {
    Guard guard = guard(QUICK.attemptTime(Duration.ofMinutes(1)));
    trip(guard);
    reaches(guard, State.HALF_OPEN);
    Deadline far = Deadline.in(Duration.ofMinutes(1), clock);
    Unavailable late = outage(guard.call(far, () -> Promise.<String>promise().future()));
    assertEquals("deadline_passed", late.code());
    assertEquals(State.OPEN, guard.state().state());
    reaches(guard, State.HALF_OPEN);
    for (int i = 0; i < 3; i++) {
      succeed(guard);
    }
    assertEquals(State.CLOSED, guard.state().state());
  }

  @Tag("E-025")
  @Test
  void a_window_of_less_than_a_second_counts() {
    BreakerSettings shortWindow =
        QUICK_BREAKER.tripping(trip -> trip.within(Duration.ofMillis(500))).opening(OPEN, OPEN);
    Guard guard = guard(QUICK.with(shortWindow));
    trip(guard);
    assertEquals(State.OPEN, guard.state().state());
  }

  @Tag("E-025")
  @Test
  void the_timer_of_an_earlier_opening_does_not_end_a_later_one() {
    Duration opening = Duration.ofMillis(400);
    Guard guard = guard(QUICK.with(QUICK_BREAKER.opening(opening, opening)));
    List<Change> heard = changes(guard);
    trip(guard);
    Awaitility.await()
        .atMost(5, TimeUnit.SECONDS)
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .until(() -> guard.state().halfOpenIn().toMillis() < 250);
    guard.reset();
    trip(guard);
    Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> heard.size() == 4);
    assertEquals(
        List.of(State.OPEN, State.CLOSED, State.OPEN, State.HALF_OPEN),
        heard.stream().map(Change::state).toList());
    long lasted = heard.get(3).nanos() - heard.get(2).nanos();
    // The first opening's timer would end it after some 250 ms.
    assertTrue(
        lasted >= opening.toNanos() * 9 / 10, "opened for " + lasted / 1_000_000 + " ms only");
  }

  /** Makes calls on a context that goes away. */
  private static final class Caller extends VerticleBase {
    private final AtomicReference<Context> mine = new AtomicReference<>();

    @Override
    public Future<?> start() {
      mine.set(context);
      return Future.succeededFuture();
    }
  }

  private String deploy(Caller caller) throws Exception {
    return get(vertx.deployVerticle(caller));
  }

  private static <T> Future<T> on(Context context, java.util.function.Supplier<T> action) {
    Promise<T> done = Promise.promise();
    context.runOnContext(now -> done.complete(action.get()));
    return done.future();
  }

  @Test
  void an_opening_ends_although_the_verticle_that_caused_it_is_gone() throws Exception {
    Guard guard = guard(QUICK);
    Caller caller = new Caller();
    String id = deploy(caller);
    for (int i = 0; i < 4; i++) {
      fail(guard);
    }
    get(
        on(
            caller.mine.get(),
            () -> guard.call(soon(), () -> Future.failedFuture(new Unavailable("down", "away")))));
    assertEquals(State.OPEN, guard.state().state());
    get(vertx.undeploy(id));
    Awaitility.await()
        .atMost(5, TimeUnit.SECONDS)
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .until(() -> guard.call(soon(), () -> Future.succeededFuture("fine")).succeeded());
  }

  @Test
  void a_place_comes_free_although_the_verticle_that_took_it_is_gone() throws Exception {
    Guard guard = guard(QUICK.attemptTime(Duration.ofMillis(100)));
    Caller caller = new Caller();
    String id = deploy(caller);
    get(on(caller.mine.get(), () -> hold(guard, Promise.promise())));
    assertEquals(1, guard.state().counts().running());
    get(vertx.undeploy(id));
    Awaitility.await()
        .atMost(5, TimeUnit.SECONDS)
        .until(() -> guard.state().counts().running() == 0);
  }
}
