package dev.holdfast.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.testing.SettableClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("E-038")
class TimeoutsTest {
  private static final Duration LEAST = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofSeconds(60);

  private final Timeouts timeouts =
      new Timeouts(
          Map.of(
              "api", Duration.ofSeconds(5),
              "hasty", Duration.ofMillis(99),
              "exact", LEAST,
              "patient", Duration.ofHours(1)),
          Duration.ofSeconds(10),
          LEAST,
          MOST);

  @Test
  void a_name_has_its_own_and_any_other_the_one_for_all() {
    assertEquals(Duration.ofSeconds(5), timeouts.of("api"));
    assertEquals(Duration.ofSeconds(10), timeouts.of("nobody"));
  }

  @Test
  void each_lies_within_the_bounds_which_belong_to_them() {
    assertEquals(LEAST, timeouts.of("hasty"));
    assertEquals(LEAST, timeouts.of("exact"));
    assertEquals(MOST, timeouts.of("patient"));
    assertEquals(MOST, timeouts.within(MOST.plusMillis(1)));
    assertEquals(MOST, timeouts.within(MOST));
    assertEquals(LEAST, timeouts.within(Duration.ZERO));
  }

  @Test
  void bounds_that_make_no_sense_are_refused() {
    assertThrows(IllegalArgumentException.class, () -> new Timeouts(Map.of(), MOST, MOST, LEAST));
    assertThrows(
        IllegalArgumentException.class, () -> new Timeouts(Map.of(), MOST, Duration.ZERO, MOST));
  }

  @Tag("E-040")
  @Test
  void a_timeout_begins_as_a_deadline_before_the_call_it_bounds() {
    SettableClock clock = new SettableClock();
    Deadline deadline = timeouts.deadline("api", clock);
    clock.advance(Duration.ofSeconds(4));
    assertEquals(1_000, deadline.remainingMillis(clock));
    clock.advance(Duration.ofSeconds(1));
    assertEquals(true, deadline.passed(clock));
  }
}
