package dev.holdfast.commerce.payment;

import static dev.holdfast.commerce.payment.PaymentStage.authorise;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.commerce.partners.GuardedPaymentGateway;
import dev.holdfast.commerce.partners.SimulatorOutage;
import dev.holdfast.commerce.partners.SimulatorSettings;
import dev.holdfast.commerce.payment.PaymentProtocol.Authorised;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentCommand;
import dev.holdfast.commerce.testing.AgentDatabase;
import dev.holdfast.commerce.testing.LaneModel.Wish;
import dev.holdfast.guard.Guard;
import dev.holdfast.guard.GuardSettings;
import dev.holdfast.guard.GuardState.State;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The payment agent with the provider behind a guard, as the platform runs it. */
@ExtendWith(PostgresExtension.class)
class PaymentGuardIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration ASK = Duration.ofSeconds(2);
  private static final int FAILURES = 10;

  /** As shipped, but open for half a second instead of a minute. */
  private static final GuardSettings SETTINGS =
      GuardSettings.EXTERNAL
          .with(
              GuardSettings.EXTERNAL
                  .breaker()
                  .opening(Duration.ofMillis(500), Duration.ofMillis(500)))
          .counting(SimulatorOutage::isOfPartner);

  private TestDatabase ours;
  private PaymentStage stage;
  private Guard guard;

  @BeforeEach
  void open() {
    ours = TestDatabase.create(PostgresExtension.server());
    stage =
        new PaymentStage(
            ours,
            SimulatorSettings.calm(7),
            (provider, vertx) -> {
              guard = Guard.of("payment-provider", SETTINGS, vertx, Clock.system());
              return new GuardedPaymentGateway(provider, guard);
            });
  }

  @AfterEach
  void close() {
    stage.close();
    ours.close();
  }

  @Test
  void a_provider_that_is_away_is_left_alone_and_everything_settles_when_it_is_back() {
    List<Wish<PaymentCommand<?>>> wishes =
        Stream.generate(() -> authorise(UUID.randomUUID(), 1_000, "tok_ok")).limit(30).toList();
    stage.provider.out(true);
    for (int asked = 0; guard.state().state() == State.CLOSED; asked++) {
      refused(wishes.get(asked));
    }
    assertEquals(FAILURES, guard.state().counts().failed());

    long begun = System.nanoTime();
    assertEquals(Guard.CIRCUIT_OPEN, refused(wishes.getLast()).code());
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    assertTrue(took.compareTo(Duration.ofMillis(250)) < 0, "refused after " + took);

    stage.provider.out(false);
    for (Wish<PaymentCommand<?>> wish : wishes) {
      await().atMost(LIMIT).until(() -> isAuthorised(wish));
    }
    assertEquals(State.CLOSED, guard.state().state());
    assertEquals(1, guard.state().counts().openings());
    assertNull(stage.difference("GBP"));
  }

  private Unavailable refused(Wish<PaymentCommand<?>> wish) {
    return assertThrows(Unavailable.class, () -> AgentDatabase.await(stage.lane.ask(wish, ASK)));
  }

  private boolean isAuthorised(Wish<PaymentCommand<?>> wish) {
    try {
      Outcome<?> outcome = AgentDatabase.await(stage.lane.ask(wish, ASK));
      assertInstanceOf(Authorised.class, outcome.orThrow());
      return true;
    } catch (Unavailable again) {
      return false;
    }
  }

  @Test
  void declined_cards_are_answers_and_open_no_breaker() {
    for (int asked = 0; asked < 3 * FAILURES; asked++) {
      Outcome<?> outcome = stage.ask(authorise(UUID.randomUUID(), 1_000, "tok_declined"));
      assertInstanceOf(Outcome.Rejected.class, outcome);
    }
    assertEquals(State.CLOSED, guard.state().state());
    assertEquals(0, guard.state().counts().failed());
  }

  @Test
  void an_error_after_success_is_tried_again_at_once_and_gets_the_hidden_answer() {
    Wish<PaymentCommand<?>> wish = authorise(UUID.randomUUID(), 1_000, "tok_error");
    assertInstanceOf(Authorised.class, AgentDatabase.await(stage.lane.ask(wish, ASK)).orThrow());
    assertEquals(1, guard.state().counts().retries());
    assertNull(stage.difference("GBP"));
  }

  @Test
  void books_of_the_simulator_that_are_away_are_not_the_providers_fault() {
    AgentDatabase.await(stage.providerDatabase.close());
    for (int asked = 0; asked < 3 * FAILURES; asked++) {
      Unavailable away = refused(authorise(UUID.randomUUID(), 1_000, "tok_ok"));
      assertEquals(SimulatorOutage.CODE, away.code());
    }
    assertEquals(State.CLOSED, guard.state().state());
  }
}
