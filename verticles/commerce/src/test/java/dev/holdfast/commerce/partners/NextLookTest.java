package dev.holdfast.commerce.partners;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class NextLookTest {
  private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");
  private final NextLook next = new NextLook();

  @Test
  void the_first_look_is_due_at_once() {
    assertTrue(next.isDue(NOW));
  }

  @Test
  void the_earliest_time_counts_whatever_is_named_after_it() {
    next.begun(NOW);
    next.noLaterThan(NOW.plusMillis(300));
    next.noLaterThan(NOW.plusMillis(700));
    assertFalse(next.isDue(NOW.plusMillis(299)));
    assertTrue(next.isDue(NOW.plusMillis(300)));
  }

  @Test
  void what_is_named_during_a_look_is_looked_for_again() {
    next.begun(NOW);
    next.noLaterThan(NOW);
    assertTrue(next.isDue(NOW));
    next.begun(NOW);
    assertFalse(next.isDue(NOW));
  }

  @Test
  void a_clock_that_is_put_back_delays_no_look() {
    next.begun(NOW);
    assertTrue(next.isDue(NOW.minusSeconds(3_600)));
  }

  @Test
  void what_nobody_named_is_found_after_ten_seconds() {
    next.begun(NOW);
    assertFalse(next.isDue(NOW.plusMillis(9_999)));
    assertTrue(next.isDue(NOW.plusSeconds(10)));
  }
}
