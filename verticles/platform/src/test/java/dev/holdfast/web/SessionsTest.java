package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.SettableClock;
import dev.holdfast.web.Caller.Role;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private final SettableClock clock = new SettableClock();
  private final Meters meters = new Meters();
  private final Sessions sessions = new Sessions(clock, meters.sessions());

  private void asks(String token, Duration lifetime) {
    sessions.asks(
        token, new Caller("ada", Role.MERCHANT, 1, Optional.empty(), clock.now().plus(lifetime)));
  }

  @Tag("E-161")
  @Tag("E-163")
  @Test
  void one_token_is_one_session_however_often_it_asks() {
    asks("a", Duration.ofHours(1));
    asks("a", Duration.ofHours(1));
    asks("b", Duration.ofHours(1));
    assertEquals(2, sessions.active(Role.MERCHANT));
    assertShown("holdfast_session_messages_total{session_type=\"merchant\"} 3.0");
  }

  @Tag("E-162")
  @Tag("E-164")
  @Test
  void it_ends_after_half_an_hour_without_a_request() {
    asks("a", Duration.ofHours(8));
    clock.advance(Duration.ofMinutes(20));
    asks("a", Duration.ofHours(8));
    clock.advance(Duration.ofMinutes(29));
    assertEquals(1, sessions.active(Role.MERCHANT));
    clock.advance(Duration.ofMinutes(1));
    assertEquals(0, sessions.active(Role.MERCHANT));
    assertShown("holdfast_session_cleanup_total{reason=\"idle\"} 1.0");
    assertShown("holdfast_session_duration_seconds_sum 1200.0");
  }

  @Test
  void it_ends_with_its_token() {
    asks("a", Duration.ofMinutes(5));
    clock.advance(Duration.ofMinutes(5));
    assertEquals(0, sessions.active(Role.MERCHANT));
    assertShown("holdfast_session_cleanup_total{reason=\"expired\"} 1.0");
  }

  private void assertShown(String line) {
    assertTrue(meters.text().contains(line), meters.text());
  }
}
