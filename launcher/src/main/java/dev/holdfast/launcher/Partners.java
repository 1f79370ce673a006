package dev.holdfast.launcher;

import dev.holdfast.bus.Ask;
import dev.holdfast.bus.Bus;
import dev.holdfast.commerce.partners.CarrierSimulator;
import dev.holdfast.commerce.partners.PaymentSimulator;
import dev.holdfast.commerce.partners.SimulatorSettings;
import dev.holdfast.commerce.payment.PaymentNotices;
import dev.holdfast.commerce.transport.TransportNotices;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/** The simulated partners of this process, each with books of its own. */
record Partners(PaymentSimulator payments, CarrierSimulator carriers) {
  private static final Duration NOTICE_DEADLINE = Duration.ofSeconds(5);

  static Partners of(
      Vertx vertx,
      Clock clock,
      Databases databases,
      SimulatorSettings pay,
      SimulatorSettings carry) {
    return new Partners(
        new PaymentSimulator(vertx, clock, databases.payments(), pay),
        new CarrierSimulator(vertx, clock, databases.carriers(), carry));
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

  static <R> Future<?> tell(Bus bus, Clock clock, CommandId id, Command<R> command) {
    return bus.ask(Ask.first(id, command, Deadline.in(NOTICE_DEADLINE, clock)).asAgain());
  }
}
