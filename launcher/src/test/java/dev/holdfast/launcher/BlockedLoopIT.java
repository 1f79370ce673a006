package dev.holdfast.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.supervision.ChildState;
import dev.holdfast.supervision.Incident;
import dev.holdfast.supervision.Signal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A running platform, one of whose event loops is blocked. */
class BlockedLoopIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void a_loop_that_stays_blocked_is_left_by_its_agents_and_then_the_process_is_given_up()
      throws Exception {
    await().atMost(LIMIT).until(() -> PLATFORM.platform().supervisor().state().isWell());
    CountDownLatch free = new CountDownLatch(1);
    PLATFORM.vertx().getOrCreateContext().runOnContext(here -> waitFor(free));
    try {
      await().atMost(LIMIT).until(() -> PLATFORM.platform().beyondHope().succeeded());
      assertFalse(moved().isEmpty(), "nobody was on the blocked loop");
      for (ChildState child : moved()) {
        assertTrue(child.restarts().containsKey(Signal.LOOP_BLOCKED), child.toString());
      }
      List<Incident> incidents = PLATFORM.platform().supervisor().incidents();
      assertTrue(
          incidents.getFirst().signals().getFirst().contains("BlockedLoopIT.waitFor"),
          incidents.toString());
    } finally {
      free.countDown();
    }
    await().atMost(LIMIT).until(() -> PLATFORM.platform().supervisor().state().isWell());
  }

  private static List<ChildState> moved() {
    return PLATFORM.platform().supervisor().state().children().stream()
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
