package dev.holdfast.launcher.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StartsAgainTest {
  private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");

  @Test
  void what_one_image_writes_the_next_one_reads() {
    StartsAgain none = StartsAgain.of("");
    assertEquals(0, none.count());
    StartsAgain two = none.and(NOW.minusSeconds(5)).and(NOW);
    assertEquals(two, StartsAgain.of(two.text()));
  }

  @Test
  void those_of_long_ago_and_what_is_no_moment_count_for_nothing() {
    String text = NOW.minusSeconds(600).toEpochMilli() + ",," + NOW.toEpochMilli() + ",x,-1";
    assertEquals(2, StartsAgain.of(text).count());
    assertEquals(1, StartsAgain.of(text).lately(Duration.ofMinutes(10), NOW).count());
  }
}
