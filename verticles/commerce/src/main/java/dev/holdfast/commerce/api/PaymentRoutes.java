package dev.holdfast.commerce.api;

import dev.holdfast.commerce.payment.PaymentProtocol.AdjustLedger;
import dev.holdfast.commerce.payment.PaymentProtocol.Payment;
import dev.holdfast.commerce.payment.PaymentProtocol.PaymentOf;
import dev.holdfast.commerce.shared.Money;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Payments and the ledger over HTTP. */
final class PaymentRoutes {
  private final Agents agents;

  PaymentRoutes(Agents agents) {
    this.agents = agents;
  }

  Map<String, Function<ApiCall, Future<ApiAnswer>>> handlers() {
    return Map.of("getPayment", this::get, "adjustLedger", this::adjust);
  }

  private Future<ApiAnswer> get(ApiCall call) {
    UUID order = call.pathId("order");
    return agents
        .ofOrder(call, order, new PaymentOf(call.merchant(), order))
        .map(payment -> ApiAnswer.ok(json(payment)).tagged(payment.version()));
  }

  private Future<ApiAnswer> adjust(ApiCall call) {
    JsonObject body = call.body();
    long minor = Form.decimal(body, "amount").movePointRight(2).longValueExact();
    AdjustLedger adjustment =
        new AdjustLedger(
            call.merchant(),
            body.getString("source"),
            body.getString("externalNumber"),
            new Money(minor, body.getString("currency")),
            body.getString("description"),
            Form.time(body, "bookedAt", null));
    return agents
        .done(call, adjustment)
        .map(
            booked ->
                ApiAnswer.ok(
                    new JsonObject()
                        .put("booking", booked.booking().toString())
                        .put("amount", Form.money(booked.amount()))));
  }

  private static JsonObject json(Payment payment) {
    return new JsonObject()
        .put("order", payment.order().toString())
        .put("status", payment.status().name())
        .put("authorised", Form.money(payment.authorised()))
        .put("captured", Form.money(payment.captured()))
        .put("refunded", Form.money(payment.refunded()))
        .put("version", payment.version());
  }
}
