package dev.holdfast.commerce.workflows;

import dev.holdfast.bus.RecordJson;
import dev.holdfast.commerce.customer.CustomerProtocol.Recognise;
import dev.holdfast.commerce.customer.CustomerProtocol.Recognised;
import dev.holdfast.commerce.fraud.FraudProtocol.Assess;
import dev.holdfast.commerce.fraud.FraudProtocol.Assessed;
import dev.holdfast.commerce.fraud.FraudProtocol.Reviewed;
import dev.holdfast.commerce.fraud.FraudProtocol.Verdict;
import dev.holdfast.commerce.fraud.FraudProtocol.Withdraw;
import dev.holdfast.commerce.inventory.InventoryProtocol.Release;
import dev.holdfast.commerce.inventory.InventoryProtocol.Reserve;
import dev.holdfast.commerce.inventory.InventoryProtocol.Ship;
import dev.holdfast.commerce.order.Fulfilment;
import dev.holdfast.commerce.order.OrderProtocol.Confirm;
import dev.holdfast.commerce.order.OrderProtocol.Hold;
import dev.holdfast.commerce.order.OrderProtocol.MarkDelivered;
import dev.holdfast.commerce.order.OrderProtocol.MarkShipped;
import dev.holdfast.commerce.order.OrderProtocol.Refuse;
import dev.holdfast.commerce.payment.PaymentProtocol.Authorise;
import dev.holdfast.commerce.payment.PaymentProtocol.Capture;
import dev.holdfast.commerce.payment.PaymentProtocol.VoidAuthorisation;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.shared.Sku;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.commerce.transport.TransportProtocol.CancelShipment;
import dev.holdfast.commerce.transport.TransportProtocol.CreateShipment;
import dev.holdfast.commerce.transport.TransportProtocol.Delivered;
import dev.holdfast.commerce.transport.TransportProtocol.HandOver;
import dev.holdfast.commerce.transport.TransportProtocol.ShipmentCreated;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.workflow.Milestone;
import dev.holdfast.workflow.RunView;
import dev.holdfast.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * From an order's entry to the customer's door: known customer, held stock, fraud check, authorised
 * payment, confirmation; label, goods out (the pivot), captured payment, delivery.
 */
public final class OrderToDelivery {
  public static final String NAME = "order-to-delivery";

  /** How long stock stays held for an order that waits for a person. */
  static final Duration REVIEW_AT_MOST = Duration.ofHours(24);

  /** A unit of unknown weight, in grams. */
  static final long UNIT_GRAMS = 250;

  /** The answer to a confirmed order. */
  record Confirmed(UUID id, String status, Money total, UUID run) {}

  private OrderToDelivery() {}

  /** The definition. */
  public static Workflow<Fulfilment> definition() {
    return Workflow.named(NAME, 1, Fulfilment.class)
        .cancelledBy("cancel", Refusal.conflict("cancelled", "The order was cancelled."))
        .step("recognise", OrderToDelivery::recognise)
        .when(run -> run.input().customer() != null)
        .then()
        .step("reserve", OrderToDelivery::reserve)
        .when(run -> hasGoods(run.input()))
        .undo(run -> new Release(run.merchant(), run.input().order(), "order refused"))
        .then()
        .step("assess", OrderToDelivery::assess)
        .undo(run -> new Withdraw(run.merchant(), run.input().order()))
        .refusedIf(OrderToDelivery::blocked)
        .kept()
        .then()
        .step("hold", run -> new Hold(run.merchant(), run.input().order(), "fraud review"))
        .when(OrderToDelivery::isToReview)
        .then()
        .await("reviewed", Reviewed.class)
        .when(OrderToDelivery::isToReview)
        .refusedIf(OrderToDelivery::rejectedByReview)
        .atMost(
            REVIEW_AT_MOST,
            Refusal.conflict("reservation_expired", "Nobody decided about the order in time."))
        .then()
        .step("authorise", OrderToDelivery::authorise)
        .when(OrderToDelivery::hasPrice)
        .undo(run -> new VoidAuthorisation(run.merchant(), run.input().order(), "order refused"))
        .then()
        .step("confirm", run -> new Confirm(run.merchant(), run.input().order()))
        .then()
        .reach(OrderToDelivery::confirmed)
        .step("label", OrderToDelivery::label)
        .when(run -> hasGoods(run.input()))
        .undo(run -> new CancelShipment(run.merchant(), run.input().order()))
        .then()
        .step("ship", run -> new Ship(run.merchant(), run.input().order()))
        .when(run -> hasGoods(run.input()))
        .then()
        .pivot()
        .step(
            "capture", run -> new Capture(run.merchant(), run.input().order(), run.input().total()))
        .when(OrderToDelivery::hasPrice)
        .then()
        .step("shipped", OrderToDelivery::shipped)
        .when(run -> hasGoods(run.input()))
        .then()
        .step("hand-over", run -> new HandOver(run.merchant(), run.input().order()))
        .when(run -> hasGoods(run.input()))
        .then()
        .await("delivered", Delivered.class)
        .when(run -> hasGoods(run.input()))
        .then()
        .step(
            "close",
            run -> new MarkDelivered(run.merchant(), run.input().order(), deliveredAt(run)))
        .then()
        .turningBack(OrderToDelivery::refuse, OrderToDelivery::refused);
  }

  private static boolean hasGoods(Fulfilment order) {
    return order.lines().stream().anyMatch(line -> Sku.isStocked(line.sku()));
  }

  private static boolean hasPrice(RunView<Fulfilment> run) {
    return run.input().total().isPositive();
  }

  private static Recognise recognise(RunView<Fulfilment> run) {
    Fulfilment order = run.input();
    return new Recognise(
        run.merchant(), order.customer(), order.shippingCountry(), order.placedAt());
  }

  private static Reserve reserve(RunView<Fulfilment> run) {
    return new Reserve(run.merchant(), run.input().order(), run.input().lines(), null);
  }

  private static Assess assess(RunView<Fulfilment> run) {
    Fulfilment order = run.input();
    Instant accountSince =
        run.isDone("recognise") ? run.reply("recognise", Recognised.class).registeredAt() : null;
    return new Assess(
        run.merchant(),
        order.order(),
        run.runId(),
        order.customer(),
        order.emailHash(),
        accountSince,
        order.placedAt(),
        order.total(),
        order.billingCountry(),
        order.shippingCountry(),
        order.badIpReputation(),
        order.paymentMethod());
  }

  private static Optional<Refusal> blocked(RunView<Fulfilment> run) {
    return run.reply("assess", Assessed.class).verdict() == Verdict.BLOCKED
        ? Optional.of(Refusal.conflict("fraud_blocked", "The order is not accepted."))
        : Optional.empty();
  }

  private static boolean isToReview(RunView<Fulfilment> run) {
    return run.reply("assess", Assessed.class).verdict() == Verdict.REVIEW;
  }

  private static Optional<Refusal> rejectedByReview(RunView<Fulfilment> run) {
    return run.reply("reviewed", Reviewed.class).approved()
        ? Optional.empty()
        : Optional.of(Refusal.conflict("fraud_rejected", "The order was rejected in review."));
  }

  private static Authorise authorise(RunView<Fulfilment> run) {
    Fulfilment order = run.input();
    return new Authorise(run.merchant(), order.order(), order.total(), order.paymentMethod());
  }

  private static Milestone confirmed(RunView<Fulfilment> run) {
    Fulfilment order = run.input();
    return new Milestone(
        201,
        RecordJson.write(new Confirmed(order.order(), "CONFIRMED", order.total(), run.runId())));
  }

  private static CreateShipment label(RunView<Fulfilment> run) {
    Fulfilment order = run.input();
    long units =
        order.lines().stream()
            .filter(line -> Sku.isStocked(line.sku()))
            .mapToLong(Units::units)
            .sum();
    return new CreateShipment(
        run.merchant(),
        order.order(),
        run.runId(),
        order.shippingCountry(),
        Math.multiplyExact(units, UNIT_GRAMS));
  }

  private static MarkShipped shipped(RunView<Fulfilment> run) {
    ShipmentCreated shipment = run.reply("label", ShipmentCreated.class);
    return new MarkShipped(
        run.merchant(), run.input().order(), shipment.carrier(), shipment.tracking());
  }

  private static Instant deliveredAt(RunView<Fulfilment> run) {
    return run.isDone("delivered") ? run.reply("delivered", Delivered.class).at() : null;
  }

  private static Refuse refuse(RunView<Fulfilment> run) {
    Refusal why = run.refusal().orElseThrow();
    return new Refuse(run.merchant(), run.input().order(), why.code(), why.message());
  }

  private static Milestone refused(RunView<Fulfilment> run) {
    return Refused.answer(run.refusal().orElseThrow(), run.input().order());
  }
}
