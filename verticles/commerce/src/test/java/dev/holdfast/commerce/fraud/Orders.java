package dev.holdfast.commerce.fraud;

import dev.holdfast.commerce.fraud.FraudProtocol.Assess;
import dev.holdfast.commerce.shared.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Orders to be judged; the first is beyond suspicion. */
record Orders(Assess assess) {
  static final Instant NOON = Instant.parse("2010-12-01T12:00:00Z");

  static Orders of(int merchant, UUID order) {
    return new Orders(
        new Assess(
            merchant,
            order,
            new UUID(9, order.getLeastSignificantBits()),
            "17850",
            null,
            NOON.minus(Duration.ofDays(400)),
            NOON,
            new Money(100_00, "GBP"),
            "GB",
            "GB",
            false,
            "tok_1"));
  }

  Orders by(String customer, String emailHash, Instant since) {
    return with(
        customer, emailHash, since, assess.placedAt(), assess.total(), assess.paymentMethod());
  }

  Orders at(Instant placedAt) {
    return with(
        assess.customer(),
        assess.emailHash(),
        assess.accountSince(),
        placedAt,
        assess.total(),
        assess.paymentMethod());
  }

  Orders of(long minor) {
    return with(
        assess.customer(),
        assess.emailHash(),
        assess.accountSince(),
        assess.placedAt(),
        new Money(minor, "GBP"),
        assess.paymentMethod());
  }

  Orders paidBy(String method) {
    return with(
        assess.customer(),
        assess.emailHash(),
        assess.accountSince(),
        assess.placedAt(),
        assess.total(),
        method);
  }

  private Orders with(
      String customer, String email, Instant since, Instant placedAt, Money total, String method) {
    return new Orders(
        new Assess(
            assess.merchant(),
            assess.order(),
            assess.run(),
            customer,
            email,
            since,
            placedAt,
            total,
            assess.billingCountry(),
            assess.shippingCountry(),
            assess.badIpReputation(),
            method));
  }

  Orders from(String billing, String shipping, boolean badIp) {
    return new Orders(
        new Assess(
            assess.merchant(),
            assess.order(),
            assess.run(),
            assess.customer(),
            assess.emailHash(),
            assess.accountSince(),
            assess.placedAt(),
            assess.total(),
            billing,
            shipping,
            badIp,
            assess.paymentMethod()));
  }
}
