package dev.holdfast.recovery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.recovery.Reacted.Outcome;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.SettableClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a reaction is called for, done, proven and taken back. */
class ReactionsTest {
  private static final ReactionPolicy POLICY =
      new ReactionPolicy(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(60));

  private final Vertx vertx = Vertx.vertx();
  private final SettableClock clock = new SettableClock();
  private final Meters meters = new Meters();
  private final List<String> told = new ArrayList<>();
  private final Scripted scripted = new Scripted();
  private Reactions reactions;

  /** Answers as the test says. */
  private static final class Scripted implements Reaction {
    private Optional<String> trigger = Optional.empty();
    private Optional<String> refusal = Optional.empty();
    private Future<String> action = Future.succeededFuture("did it");
    private boolean proven;
    private int acts;

    @Override
    public ReactionName name() {
      return ReactionName.SCALE_UP;
    }

    @Override
    public Collection<String> targets() {
      return List.of("a");
    }

    @Override
    public Optional<String> trigger(String target) {
      return trigger;
    }

    @Override
    public Optional<String> refusal(String target) {
      return refusal;
    }

    @Override
    public Future<String> act(String target) {
      acts++;
      return action;
    }

    @Override
    public boolean isProven(String target) {
      return proven;
    }

    @Override
    public Future<String> takeBack(String target) {
      return Future.succeededFuture("took it back");
    }
  }

  private boolean isCounted(String outcome) {
    String series =
        "holdfast_reactions_total{outcome=\"%s\",reaction=\"scale_up\"} 1".formatted(outcome);
    return meters.text().contains(series);
  }

  @BeforeEach
  void deploy() throws Exception {
    reactions =
        new Reactions(
            List.of(scripted),
            Map.of(ReactionName.SCALE_UP, POLICY),
            notice -> told.add(notice.text()),
            meters,
            clock);
    // Where it is deployed its own looks come once a second; here they are the test's.
    vertx.deployVerticle(reactions).await(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private void awaitKnown(String action, Outcome outcome) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                reactions.known().size() == 1
                    && reactions.known().getFirst().action().equals(action)
                    && reactions.known().getFirst().outcome() == outcome);
  }

  @Test
  void what_helped_is_proven_and_not_done_again_before_its_time() {
    scripted.trigger = Optional.of("much waits");
    awaitKnown("did it", Outcome.OPEN);
    assertEquals(List.of("much waits"), told);

    scripted.proven = true;
    awaitKnown("did it", Outcome.PROVEN);
    assertTrue(isCounted("proven"), meters.text());
    await().during(Duration.ofMillis(1_500)).until(() -> scripted.acts == 1);

    clock.advance(Duration.ofSeconds(60));
    await().atMost(Duration.ofSeconds(5)).until(() -> scripted.acts == 2);
  }

  @Test
  void what_does_not_help_in_time_is_taken_back() {
    scripted.trigger = Optional.of("much waits");
    awaitKnown("did it", Outcome.OPEN);

    clock.advance(Duration.ofSeconds(10));
    awaitKnown("did it; took it back", Outcome.UNPROVEN);
    assertTrue(isCounted("unproven"), meters.text());
  }

  @Test
  void an_action_that_never_ends_is_taken_back_as_well() {
    scripted.action = Promise.<String>promise().future();
    scripted.trigger = Optional.of("much waits");
    awaitKnown("", Outcome.OPEN);

    clock.advance(Duration.ofSeconds(2));
    awaitKnown("took it back", Outcome.UNPROVEN);
  }

  @Test
  void nothing_is_done_while_the_guard_refuses() {
    scripted.refusal = Optional.of("no headroom");
    scripted.trigger = Optional.of("much waits");
    await().during(Duration.ofMillis(1_500)).until(() -> scripted.acts == 0);

    scripted.refusal = Optional.empty();
    await().atMost(Duration.ofSeconds(5)).until(() -> scripted.acts == 1);
  }

  @Test
  void each_reaction_needs_a_policy() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Reactions(List.of(scripted), Map.of(), notice -> true, meters, clock));
  }
}
