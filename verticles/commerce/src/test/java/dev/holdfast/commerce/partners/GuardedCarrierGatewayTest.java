package dev.holdfast.commerce.partners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.guard.Guard;
import dev.holdfast.guard.GuardSettings;
import dev.holdfast.guard.GuardState.State;
import dev.holdfast.guard.Guards;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.AgentDriver;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The carriers' guards: one each for labels, one for what names no carrier. */
class GuardedCarrierGatewayTest {
  private static final Clock CLOCK = Clock.system();
  private static final int FAILURES = 10;

  private final Vertx vertx = Vertx.vertx();
  private final Guards guards = new Guards(vertx, CLOCK, new Meters());
  private final Carriers carriers = new Carriers();
  private final CarrierGateway guarded =
      new GuardedCarrierGateway(carriers, code -> guard("carrier-" + code), guard("carriers"));

  @AfterEach
  void close() {
    AgentDriver.await(vertx.close());
  }

  private Guard guard(String name) {
    return guards.named(name, GuardSettings.EXTERNAL);
  }

  /** Carriers of which one is away, and whose book fails when it is asked first. */
  private static final class Carriers implements CarrierGateway {
    private final List<String> calls = new ArrayList<>();
    private boolean stumbles;

    private <T> Future<T> called(String what, T answer) {
      boolean first = stumbles && !calls.contains(what);
      calls.add(what);
      return first
          ? Future.failedFuture(new Unavailable(PartnerErrors.ERROR, what))
          : Future.succeededFuture(answer);
    }

    @Override
    public Future<LabelAnswer> createLabel(
        String key, String carrier, String country, long grams, Deadline deadline) {
      calls.add(carrier);
      return carrier.equals("away")
          ? Future.failedFuture(new Unavailable(PartnerErrors.UNREACHABLE, carrier))
          : Future.succeededFuture(new LabelRefused("too_heavy"));
    }

    @Override
    public Future<CancelAnswer> cancelLabel(String key, Deadline deadline) {
      return called("cancel", null);
    }

    @Override
    public Future<Optional<Label>> find(String key, Deadline deadline) {
      return called("find", Optional.empty());
    }

    @Override
    public Future<HandOverAnswer> handOver(String tracking, Deadline deadline) {
      return called("hand over", new NotTaken("closed"));
    }

    @Override
    public Future<List<Label>> ledger(long after, int limit, Deadline deadline) {
      return called("ledger", List.of());
    }

    @Override
    public void onNotice(Function<Notice, Future<?>> handler) {
      calls.add("notice");
    }
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(10), CLOCK);
  }

  private Future<CarrierGateway.LabelAnswer> label(String carrier) {
    return guarded.createLabel("key", carrier, "GB", 500, soon());
  }

  @Test
  void a_carrier_that_is_away_is_left_alone_and_closes_no_other() {
    for (int asked = 0; asked < FAILURES; asked++) {
      assertThrows(Unavailable.class, () -> AgentDriver.await(label("away")));
    }
    Unavailable open = assertThrows(Unavailable.class, () -> AgentDriver.await(label("away")));
    assertEquals(Guard.CIRCUIT_OPEN, open.code());
    assertEquals(FAILURES, carriers.calls.size(), "each wish was tried once, the last not at all");
    assertInstanceOf(CarrierGateway.LabelRefused.class, AgentDriver.await(label("here")));
    assertTrue(AgentDriver.await(guarded.find("key", soon())).isEmpty());
  }

  @Test
  void refused_labels_are_answers_and_open_no_breaker() {
    for (int asked = 0; asked < 3 * FAILURES; asked++) {
      assertInstanceOf(CarrierGateway.LabelRefused.class, AgentDriver.await(label("here")));
    }
    assertEquals(State.CLOSED, guard("carrier-here").state().state());
    assertEquals(0, guard("carrier-here").state().counts().failed());
  }

  @Test
  void what_names_no_carrier_is_tried_again_behind_a_guard_of_all() {
    carriers.stumbles = true;
    AgentDriver.await(guarded.find("key", soon()));
    AgentDriver.await(guarded.cancelLabel("key", soon()));
    AgentDriver.await(guarded.handOver("tracking", soon()));
    carriers.stumbles = false;
    AgentDriver.await(guarded.ledger(0, 10, soon()));
    assertEquals(
        List.of("find", "find", "cancel", "cancel", "hand over", "hand over", "ledger"),
        carriers.calls);
    assertEquals(3, guard("carriers").state().counts().retries());
  }
}
