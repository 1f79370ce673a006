package dev.holdfast.launcher;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.supervision.ChildState;
import dev.holdfast.supervision.Phase;
import dev.holdfast.supervision.Supervisor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An agent that crashed too often, and what the platform then says of itself. */
class ParkedAgentIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String AGENT = "order";

  private static Supervisor supervisor() {
    return PLATFORM.platform().supervisor();
  }

  private static Phase phase() {
    return supervisor().state().child(AGENT).map(ChildState::phase).orElseThrow();
  }

  private static int level() {
    return PLATFORM.platform().degradation().watch().level();
  }

  private static List<String> reasons() {
    return PLATFORM.platform().degradation().watch().reasons();
  }

  @Test
  void a_parked_agent_lowers_the_level_and_is_named_until_it_is_unparked() throws Exception {
    await().atMost(LIMIT).until(() -> level() == 0);
    while (phase() != Phase.PARKED) {
      await().atMost(LIMIT).until(() -> phase() == Phase.RUNNING || phase() == Phase.PARKED);
      if (phase() == Phase.RUNNING) {
        long before = supervisor().state().restarts();
        supervisor().crash(AGENT).await(10, TimeUnit.SECONDS);
        await()
            .atMost(LIMIT)
            .until(() -> supervisor().state().restarts() > before || phase() == Phase.PARKED);
      }
    }
    await().atMost(LIMIT).until(() -> level() == 4);
    assertTrue(reasons().getFirst().startsWith(AGENT + ": parked"), reasons().toString());

    supervisor().unpark(AGENT).await(10, TimeUnit.SECONDS);
    await().atMost(LIMIT).until(() -> level() == 0);
    assertEquals(List.of(), reasons());
  }
}
