package dev.holdfast.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.supervision.ChildState;
import dev.holdfast.supervision.Incident;
import dev.holdfast.supervision.Signal;
import dev.holdfast.supervision.Supervisor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A running platform, one of whose event loops is blocked. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BlockedLoopIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration FOUND_WITHIN = Duration.ofMillis(250);
  private static final Duration ELSEWHERE_WITHIN = Duration.ofSeconds(2);

  /**
   * Longer than the process counts as cold, which is 30 s; {@code -Dholdfast.quiet=600} for ten
   * minutes.
   */
  private static final Duration QUIET =
      Duration.ofSeconds(Integer.getInteger("holdfast.quiet", 32));

  private static Supervisor supervisor() {
    return PLATFORM.platform().supervisor();
  }

  @Order(1)
  @Test
  void nobody_is_restarted_while_nothing_happens() {
    await().atMost(LIMIT).until(() -> supervisor().state().isWell());
    await()
        .during(QUIET)
        .atMost(QUIET.plus(LIMIT))
        .pollInterval(Duration.ofMillis(200))
        .failFast(() -> supervisor().state().restarts() > 0)
        .until(() -> supervisor().state().isWell());
    assertEquals(List.of(), supervisor().incidents());
  }

  @Order(2)
  @Test
  void a_loop_that_stays_blocked_is_left_by_its_agents_and_then_the_process_is_given_up()
      throws Exception {
    await().atMost(LIMIT).until(() -> supervisor().state().isWell());
    CountDownLatch free = new CountDownLatch(1);
    AtomicReference<Instant> begun = new AtomicReference<>();
    PLATFORM
        .platform()
        .crew()
        .hosts()
        .get("order")
        .onAgentsLoop(
            () -> {
              begun.set(PLATFORM.clock().now());
              waitFor(free);
            });
    try {
      await().atMost(LIMIT).until(() -> PLATFORM.platform().beyondHope().succeeded());
      assertFalse(moved().isEmpty(), "nobody was on the blocked loop");
      for (ChildState child : moved()) {
        assertTrue(child.restarts().containsKey(Signal.LOOP_BLOCKED), child.toString());
      }
      List<Incident> incidents = supervisor().incidents();
      assertTrue(
          incidents.getFirst().signals().getFirst().contains("AgentHost"), incidents.toString());
      assertEquals(moved().size(), incidents.size(), incidents.toString());
      Duration found = longest(begun.get(), incidents, one -> one.times().detectedAt());
      Duration elsewhere =
          longest(begun.get(), incidents, one -> one.times().provenAt().orElseThrow());
      System.out.printf(
          "a blocked loop was found after %d ms; its %d agents did real work elsewhere after %d"
              + " ms%n",
          found.toMillis(), incidents.size(), elsewhere.toMillis());
      assertTrue(found.compareTo(FOUND_WITHIN) <= 0, "found after " + found);
      assertTrue(elsewhere.compareTo(ELSEWHERE_WITHIN) <= 0, "elsewhere after " + elsewhere);
    } finally {
      free.countDown();
    }
    await().atMost(LIMIT).until(() -> supervisor().state().isWell());
  }

  private static Duration longest(
      Instant from, List<Incident> incidents, Function<Incident, Instant> moment) {
    return incidents.stream()
        .map(incident -> Duration.between(from, moment.apply(incident)))
        .max(Duration::compareTo)
        .orElseThrow();
  }

  private static List<ChildState> moved() {
    return supervisor().state().children().stream()
        .filter(child -> child.restartCount() > 0)
        .toList();
  }

  private static void waitFor(CountDownLatch free) {
    try {
      free.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
