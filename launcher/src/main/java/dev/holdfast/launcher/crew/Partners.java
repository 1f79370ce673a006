package dev.holdfast.launcher.crew;

import dev.holdfast.bus.Ask;
import dev.holdfast.bus.Bus;
import dev.holdfast.commerce.partners.CarrierGateway;
import dev.holdfast.commerce.partners.CarrierSimulator;
import dev.holdfast.commerce.partners.GuardedCarrierGateway;
import dev.holdfast.commerce.partners.GuardedPaymentGateway;
import dev.holdfast.commerce.partners.PaymentGateway;
import dev.holdfast.commerce.partners.PaymentSimulator;
import dev.holdfast.commerce.partners.SimulatorOutage;
import dev.holdfast.commerce.payment.PaymentNotices;
import dev.holdfast.commerce.transport.TransportNotices;
import dev.holdfast.errors.ErrorReports;
import dev.holdfast.guard.Guard;
import dev.holdfast.guard.Guards;
import dev.holdfast.guard.Timeouts;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Parked;
import dev.holdfast.launcher.servers.Databases;
import dev.holdfast.launcher.settings.GuardsSettings;
import dev.holdfast.launcher.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * The simulated partners of this process, each with books of its own. The agents reach them through
 * guards alone.
 */
public record Partners(
    PaymentSimulator payments,
    CarrierSimulator carriers,
    Guards guards,
    GuardsSettings settings,
    Timeouts timeouts) {
  /** The guard of the payment provider. */
  static final String PAYMENT_GUARD = "payment-provider";

  /** The guard of calls to the carriers that name none. */
  static final String CARRIERS_GUARD = "carriers";

  public static Partners of(
      Vertx vertx,
      Clock clock,
      Databases databases,
      Guards guards,
      Settings settings,
      ErrorReports errors) {
    return new Partners(
        new PaymentSimulator(
            vertx, clock, databases.payments(), settings.partners().ofPayment(), errors),
        new CarrierSimulator(
            vertx, clock, databases.carriers(), settings.partners().ofCarriers(), errors),
        guards,
        settings.guards(),
        settings.timeouts().table());
  }

  /** The payment provider as agents see it. */
  PaymentGateway guardedPayments() {
    return new GuardedPaymentGateway(payments, guard(PAYMENT_GUARD));
  }

  /** The carriers as agents see them, each with a guard of its own. */
  CarrierGateway guardedCarriers() {
    return new GuardedCarrierGateway(
        carriers, carrier -> guard("carrier-" + carrier), guard(CARRIERS_GUARD));
  }

  private Guard guard(String name) {
    return guards.named(name, settings.of(name).counting(SimulatorOutage::isOfPartner));
  }

  /** Their books open; what they tell by themselves becomes commands under their notices' ids. */
  public Future<?> start(Bus bus, Clock clock) {
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
  public <R> Future<?> tell(Bus bus, Clock clock, CommandId id, Command<R> command) {
    return bus.ask(Ask.first(id, command, timeouts.deadline("agent", clock)).asAgain())
        .<Object>map(answer -> answer)
        .recover(
            cause ->
                cause instanceof Parked ? Future.succeededFuture() : Future.failedFuture(cause));
  }
}
