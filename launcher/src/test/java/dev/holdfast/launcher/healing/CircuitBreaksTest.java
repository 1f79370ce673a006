package dev.holdfast.launcher.healing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.guard.Guard;
import dev.holdfast.guard.GuardSettings;
import dev.holdfast.guard.GuardState.State;
import dev.holdfast.guard.Guards;
import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CircuitBreaksTest {
  private static final String NAME = "payment-provider";

  private final Vertx vertx = Vertx.vertx();
  private final Guards guards = new Guards(vertx, Clock.system(), new Meters());
  private final Guard guard = guards.named(NAME, GuardSettings.EXTERNAL);
  private final CircuitBreaks breaks = new CircuitBreaks(guards);

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Tag("E-075")
  @Test
  void an_open_guard_is_a_reaction_until_it_is_closed_with_all_of_its_load() {
    breaks.look();
    assertEquals(Set.of(NAME), Set.copyOf(breaks.targets()));
    assertEquals(Optional.empty(), breaks.trigger(NAME));
    assertTrue(breaks.isProven(NAME));

    guard.force(State.OPEN, Duration.ofMinutes(1), "a bad day");
    breaks.look();
    assertEquals(Optional.of("a bad day"), breaks.trigger(NAME));
    assertFalse(breaks.isProven(NAME));

    guard.force(State.HALF_OPEN, Duration.ofMinutes(1), "a better day");
    breaks.look();
    assertEquals(Optional.empty(), breaks.trigger(NAME));
    assertFalse(breaks.isProven(NAME));

    guard.reset();
    breaks.look();
    assertTrue(breaks.isProven(NAME));
  }
}
