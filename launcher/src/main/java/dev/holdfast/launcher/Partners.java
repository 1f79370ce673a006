package dev.holdfast.launcher;

import dev.holdfast.bus.Ask;
import dev.holdfast.bus.Bus;
import dev.holdfast.commerce.partners.CarrierGateway;
import dev.holdfast.commerce.partners.CarrierSimulator;
import dev.holdfast.commerce.partners.GuardedCarrierGateway;
import dev.holdfast.commerce.partners.GuardedPaymentGateway;
import dev.holdfast.commerce.partners.PaymentGateway;
import dev.holdfast.commerce.partners.PaymentSimulator;
import dev.holdfast.commerce.partners.SimulatorOutage;
import dev.holdfast.commerce.partners.SimulatorSettings;
import dev.holdfast.commerce.payment.PaymentNotices;
import dev.holdfast.commerce.transport.TransportNotices;
import dev.holdfast.guard.GuardSettings;
import dev.holdfast.guard.Guards;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Parked;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * The simulated partners of this process, each with books of its own. The agents reach them through
 * guards alone.
 */
record Partners(PaymentSimulator payments, CarrierSimulator carriers, Guards guards) {
  /** The guard of the payment provider. */
  static final String PAYMENT_GUARD = "payment-provider";

  /** The guard of calls to the carriers that name none. */
  static final String CARRIERS_GUARD = "carriers";

  /**
   * E-004: 10 failures, 60 s. As many attempts at once as the simulators book together, and room
   * for all that a lane may hold.
   */
  private static final GuardSettings EXTERNAL =
      GuardSettings.EXTERNAL.room(128, 1_024).counting(SimulatorOutage::isOfPartner);

  private static final Duration NOTICE_DEADLINE = Duration.ofSeconds(5);

  static Partners of(
      Vertx vertx,
      Clock clock,
      Databases databases,
      Guards guards,
      SimulatorSettings pay,
      SimulatorSettings carry) {
    return new Partners(
        new PaymentSimulator(vertx, clock, databases.payments(), pay),
        new CarrierSimulator(vertx, clock, databases.carriers(), carry),
        guards);
  }

  /** The payment provider as agents see it. */
  PaymentGateway guardedPayments() {
    return new GuardedPaymentGateway(payments, guards.named(PAYMENT_GUARD, EXTERNAL));
  }

  /** The carriers as agents see them, each with a guard of its own. */
  CarrierGateway guardedCarriers() {
    return new GuardedCarrierGateway(
        carriers,
        carrier -> guards.named("carrier-" + carrier, EXTERNAL),
        guards.named(CARRIERS_GUARD, EXTERNAL));
  }

  /** Their books open; what they tell by themselves becomes commands under their notices' ids. */
  Future<?> start(Bus bus, Clock clock) {
    payments.onNotice(
        notice ->
            PaymentNotices.of(notice)
                .<Future<?>>map(told -> tell(bus, clock, told.id(), told.command()))
                .orElseGet(Future::succeededFuture));
    carriers.onNotice(
        notice ->
            TransportNotices.of(notice)
                .<Future<?>>map(told -> tell(bus, clock, told.id(), told.command()))
                .orElseGet(Future::succeededFuture));
    return Future.all(payments.start(), carriers.start());
  }

  /** What lies among the dead letters was taken: it is kept there, and need not be told again. */
  static <R> Future<?> tell(Bus bus, Clock clock, CommandId id, Command<R> command) {
    return bus.ask(Ask.first(id, command, Deadline.in(NOTICE_DEADLINE, clock)).asAgain())
        .<Object>map(answer -> answer)
        .recover(
            cause ->
                cause instanceof Parked ? Future.succeededFuture() : Future.failedFuture(cause));
  }
}
