package dev.holdfast.launcher.letters;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.deadletter.LetterGauges;
import dev.holdfast.deadletter.LetterServices;
import dev.holdfast.deadletter.ReplayOffers;
import dev.holdfast.deadletter.ReplayOffers.Offer;
import dev.holdfast.guard.Guard;
import dev.holdfast.guard.GuardSettings;
import dev.holdfast.guard.GuardState.State;
import dev.holdfast.guard.Guards;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.supervision.ChildState;
import dev.holdfast.supervision.Phase;
import dev.holdfast.supervision.TreeState;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealWatchTest {
  private static final String RUNS = "order-to-delivery";
  private static final Clock CLOCK = Clock.system();
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final Meters meters = new Meters();
  private final Guards guards = new Guards(vertx, CLOCK, meters);
  private final ReplayOffers offers = new ReplayOffers();
  private boolean proven = true;
  private final HealWatch watch =
      new HealWatch(
          guards,
          this::tree,
          offers,
          new LetterGauges(new LetterServices(vertx, null, null, meters, CLOCK, "node"), List.of()),
          Set.of(RUNS),
          CLOCK);

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private TreeState tree() {
    ChildState order =
        new ChildState(
            "order",
            "order",
            true,
            Phase.RUNNING,
            "",
            CLOCK.now(),
            proven,
            1,
            Map.of(),
            Optional.empty());
    return new TreeState(List.of(order), 0, 0, 0, 0, 0, 0, 0);
  }

  private List<String> offered() {
    return offers.all().stream().map(Offer::agent).sorted().toList();
  }

  @Test
  void an_agent_is_offered_when_it_is_proven_well_and_not_while_it_is_down() {
    watch.look();
    assertEquals(List.of("order", RUNS), offered());
    proven = false;
    watch.look();
    assertEquals(List.of(), offered());
    proven = true;
    watch.look();
    assertEquals(List.of("order", RUNS), offered());
  }

  @Test
  void the_agent_behind_a_guard_is_offered_when_the_guard_closes_again() {
    Guard guard = guards.named("payment-provider", GuardSettings.DATABASE);
    watch.look();
    assertEquals(List.of("order", RUNS), offered());
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              guard.call(Deadline.in(LIMIT, CLOCK), HealWatchTest::away);
              return guard.state().state() == State.OPEN;
            });
    watch.look();
    assertEquals(List.of("order"), offered(), "a run may need what is broken");
    guard.reset();
    watch.look();
    assertEquals(List.of("order", RUNS, "payment"), offered());
  }

  private static Future<String> away() {
    return Future.failedFuture(new Unavailable("away", "the partner is away"));
  }
}
