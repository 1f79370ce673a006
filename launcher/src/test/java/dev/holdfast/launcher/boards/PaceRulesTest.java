package dev.holdfast.launcher.boards;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceRulesTest {
  @Test
  void windows_and_hold_times_shrink_together() {
    assertEquals("rate(a[6s]) / rate(b[18s])", PaceRules.paced("rate(a[5m]) / rate(b[15m])", 0.02));
    assertEquals(Duration.ofSeconds(2), PaceRules.paced(Duration.ofMinutes(2), 0.02));
  }

  @Test
  void nothing_becomes_shorter_than_can_be_scraped() {
    assertEquals("rate(a[4s])", PaceRules.paced("rate(a[1m])", 0.001));
    assertEquals(Duration.ofSeconds(1), PaceRules.paced(Duration.ofMinutes(1), 0.001));
  }

  @Test
  void a_duration_reads_as_people_write_it() {
    assertEquals("2h", PaceRules.text(Duration.ofHours(2)));
    assertEquals("90s", PaceRules.text(Duration.ofSeconds(90)));
    assertEquals("0s", PaceRules.text(Duration.ZERO));
  }
}
