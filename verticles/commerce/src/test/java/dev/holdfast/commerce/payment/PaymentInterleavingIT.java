package dev.holdfast.commerce.payment;

import static dev.holdfast.commerce.payment.PaymentStage.MERCHANT;
import static dev.holdfast.commerce.payment.PaymentStage.authorise;
import static dev.holdfast.commerce.payment.PaymentStage.capture;
import static dev.holdfast.commerce.payment.PaymentStage.pounds;
import static dev.holdfast.commerce.payment.PaymentStage.undo;
import static dev.holdfast.commerce.payment.PaymentStage.wish;
import static dev.holdfast.commerce.testing.AgentDatabase.await;
import static dev.holdfast.commerce.testing.AgentDatabase.soon;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.Decision;
import dev.holdfast.commerce.partners.Fault;
import dev.holdfast.commerce.partners.SimulatorSettings;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentCommand;
import dev.holdfast.commerce.payment.PaymentProtocol.Refund;
import dev.holdfast.commerce.payment.PaymentProtocol.RefundPart;
import dev.holdfast.commerce.payment.PaymentProtocol.Refunded;
import dev.holdfast.commerce.testing.AgentDatabase;
import dev.holdfast.commerce.testing.LaneModel.Wish;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Forward command, undo, their answers, crashes, late arrivals, notices and reconciliation, in
 * orders drawn by lot. A failure names the seed.
 */
@ExtendWith(PostgresExtension.class)
class PaymentInterleavingIT {
  private static final long SEED = Long.getLong("holdfast.seed", 20260301L);
  private static final int ORDERS = Integer.getInteger("holdfast.interleavings", 160);
  private static final Duration TIME = Duration.ofMillis(150);

  private final AtomicLong captured = new AtomicLong();
  private final AtomicLong refunded = new AtomicLong();
  private PaymentStage stage;

  @Test
  void whatever_the_order_of_steps_the_books_agree_and_nothing_stays_authorised(TestDatabase empty)
      throws Exception {
    try (PaymentStage opened = new PaymentStage(empty, faults())) {
      stage = opened;
      runAll();
      settle();
      assertNull(stage.difference("GBP"), "seed " + SEED);
      assertEquals(0, await(stage.books.balances("GBP")).openMinor(), "seed " + SEED);
      assertEquals(captured.get(), await(stage.books.balances("GBP")).capturedMinor());
      assertEquals(refunded.get(), await(stage.books.balances("GBP")).refundedMinor());
      assertEquals(
          0,
          stage.theirs.number(
              "SELECT count(*) FROM (SELECT authorisation FROM psp.movement WHERE kind = 'CAPTURE'"
                  + " AND declined_for IS NULL GROUP BY authorisation HAVING count(*) > 1) d"),
          "captured twice, seed " + SEED);
      eachFaultHappened();
    }
  }

  private static SimulatorSettings faults() {
    return SimulatorSettings.calm(SEED)
        .with(Fault.TIMEOUT_AFTER_SUCCESS, 0.12)
        .with(Fault.ERROR_AFTER_SUCCESS, 0.12)
        .with(Fault.SLOW, 0.1)
        .with(Fault.ARRIVES_LATE, 0.15)
        .with(Fault.DECLINE, 0.1)
        .with(Fault.DUPLICATE_NOTICE, 0.15)
        .with(Fault.LATE_NOTICE, 0.15)
        .withNotices(0.3)
        .withDelays(Duration.ofMillis(60), Duration.ofMillis(500), Duration.ofMillis(300));
  }

  private void runAll() throws Exception {
    ExecutorService crowd = Executors.newFixedThreadPool(12);
    List<java.util.concurrent.Future<?>> all = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      long seed = SEED * 1_000 + i;
      boolean kept = i % 2 == 0;
      all.add(
          crowd.submit(
              () -> {
                if (kept) {
                  keep(new Random(seed));
                } else {
                  takeBack(new Random(seed));
                }
              }));
    }
    all.add(crowd.submit(this::reconcileForAWhile));
    crowd.shutdown();
    for (java.util.concurrent.Future<?> one : all) {
      one.get(120, TimeUnit.SECONDS);
    }
  }

  private void reconcileForAWhile() {
    for (int i = 0; i < 20; i++) {
      await(stage.reconciliation.round());
    }
  }

  /** Authorised, captured, sometimes refunded, with a crash after any pass. */
  private void keep(Random random) {
    UUID order = new UUID(random.nextLong(), random.nextLong());
    long amount = 1 + random.nextLong(10_000);
    if (!(stumble(random, authorise(order, amount, "tok_ok")) instanceof Outcome.Done<?>)) {
      return;
    }
    stumble(random, capture(order, amount)).orThrow();
    captured.addAndGet(amount);
    if (random.nextInt(3) == 0) {
      Refund refund =
          new Refund(
              MERCHANT,
              new UUID(random.nextLong(), random.nextLong()),
              List.of(order),
              pounds(1 + random.nextLong(amount)));
      Refunded done = (Refunded) stumble(random, wish(refund)).orThrow();
      refunded.addAndGet(
          done.parts().stream().map(RefundPart::amount).mapToLong(part -> part.minor()).sum());
    }
  }

  /** Asks a command step by step, crashing now and then, until it is answered. */
  private Outcome<?> stumble(Random random, Wish<PaymentCommand<?>> wish) {
    for (int crashes = 0; crashes < 3 && random.nextInt(3) == 0; crashes++) {
      Decision prepared = await(stage.lane.pass(wish, null));
      if (prepared.outcome() == null && random.nextBoolean()) {
        Future<?> call = stage.lane.call(prepared, TIME);
        if (random.nextBoolean()) {
          answer(call);
        }
      }
    }
    return stage.lane.askUntilAnswered(wish, TIME);
  }

  private static Object answer(Future<?> call) {
    try {
      return AgentDatabase.await(call);
    } catch (Unavailable lost) {
      return null;
    }
  }

  /** One command on its way: prepared, called, settled, or forgotten by a crash. */
  private final class Way {
    final Wish<PaymentCommand<?>> wish;
    Decision prepared;
    Future<?> call;

    Way(Wish<PaymentCommand<?>> wish) {
      this.wish = wish;
    }

    void step(Random random) {
      if (prepared == null) {
        Decision decision = await(stage.lane.pass(wish, null));
        prepared = decision.outcome() == null ? decision : null;
      } else if (call == null) {
        call = stage.lane.call(prepared, TIME);
      } else {
        Object answer = answer(call);
        prepared = null;
        call = null;
        if (answer != null && random.nextInt(4) > 0) {
          await(stage.lane.pass(wish, answer));
        }
      }
    }

    void crash() {
      prepared = null;
      call = null;
    }
  }

  /** Forward command and undo step by step in any order, each perhaps several times. */
  private void takeBack(Random random) {
    UUID order = new UUID(random.nextLong(), random.nextLong());
    Way forward = new Way(authorise(order, 1 + random.nextLong(10_000), "tok_ok"));
    Way undo = new Way(undo(forward.wish));
    int lead = random.nextInt(5);
    for (int i = 0; i < 14; i++) {
      int lot = random.nextInt(10);
      if (lot == 0) {
        forward.crash();
      } else if (lot == 1) {
        undo.crash();
      } else if (lot < 6 || i < lead) {
        forward.step(random);
      } else {
        undo.step(random);
      }
    }
    stage.lane.askUntilAnswered(undo.wish, TIME);
    stage.lane.askUntilAnswered(forward.wish, TIME);
    forward.step(random);
    forward.step(random);
  }

  private void settle() {
    await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> {
              AgentDatabase.await(stage.reconciliation.round());
              return AgentDatabase.await(stage.books.undecided()) == 0
                  && stage.theirs.number("SELECT count(*) FROM partner.late") == 0
                  && stage.theirs.number("SELECT count(*) FROM partner.notice") == 0;
            });
  }

  private void eachFaultHappened() {
    Map<Fault, Long> faults = await(stage.provider.faults(soon()));
    for (Fault fault :
        List.of(
            Fault.TIMEOUT_AFTER_SUCCESS,
            Fault.ERROR_AFTER_SUCCESS,
            Fault.SLOW,
            Fault.ARRIVES_LATE,
            Fault.DUPLICATE_NOTICE,
            Fault.LATE_NOTICE)) {
      assertTrue(faults.getOrDefault(fault, 0L) >= 20, fault + " in " + faults);
    }
  }
}
