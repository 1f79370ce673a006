package dev.holdfast.commerce.order;

import dev.holdfast.commerce.order.OrderProtocol.IpReputation;
import dev.holdfast.commerce.order.OrderProtocol.Line;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.shared.Address;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Orders for tests, each a value that can be varied. */
final class Samples {
  static final int MERCHANT = 7;
  static final Instant MORNING = Instant.parse("2010-12-01T08:26:00Z");

  private Samples() {}

  static Line line(String sku, long quantity, String price) {
    return new Line(sku, "a thing", quantity, new BigDecimal(price));
  }

  /** An order of the customer with the number of its source, without anything personal. */
  static Place order(String number, String customer, Instant placedAt, Line... lines) {
    return new Place(
        MERCHANT,
        number == null ? null : "online-retail",
        number,
        customer,
        null,
        placedAt,
        "GBP",
        List.of(lines),
        Address.ofCountry("GB"),
        Address.ofCountry("GB"),
        "tok_visa",
        IpReputation.GOOD);
  }

  /** An order of two codes. */
  static Place order(String number) {
    return order(number, "17850", MORNING, line("85123A", 6, "2.55"), line("71053", 8, "3.39"));
  }

  static Place withEmail(Place place, String email, Address shipping) {
    return new Place(
        place.merchant(),
        place.source(),
        place.externalNumber(),
        place.customer(),
        email,
        place.placedAt(),
        place.currency(),
        place.lines(),
        place.billing(),
        shipping,
        place.paymentMethod(),
        place.ipReputation());
  }
}
