package dev.holdfast.commerce.order;

import dev.holdfast.agent.Decision;
import dev.holdfast.agent.RunStart;
import dev.holdfast.commerce.order.OrderBook.Entered;
import dev.holdfast.commerce.order.OrderProtocol.IpReputation;
import dev.holdfast.commerce.order.OrderProtocol.Line;
import dev.holdfast.commerce.order.OrderProtocol.OrderPlaced;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.order.OrderProtocol.Placed;
import dev.holdfast.commerce.order.OrderProtocol.Status;
import dev.holdfast.commerce.shared.Address;
import dev.holdfast.commerce.shared.DocumentNumber;
import dev.holdfast.commerce.shared.Field;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.shared.Sku;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Whether an order can be entered, what it comes to, and what its run is told. */
final class PlacingRules {
  /** The workflow that an order starts. */
  static final String WORKFLOW = "order-to-delivery";

  /** Lines of one order at most. */
  static final int MAX_LINES = 2_000;

  private static final int MAX_EMAIL = 254;
  private static final int MAX_DESCRIPTION = 1_000;
  private static final int MAX_TOKEN = 255;

  private PlacingRules() {}

  /** Enters the order under the given id, or refuses it. */
  static Decision place(OrderBook book, Place place, UUID id) {
    Refusal refusal = check(place);
    if (refusal == null) {
      refusal = recordedAlready(book, place);
    }
    return refusal == null ? enter(book, place, id) : Decision.rejected(refusal);
  }

  private static Decision enter(OrderBook book, Place place, UUID id) {
    List<Long> amounts = amounts(place);
    Money total = new Money(amounts.stream().mapToLong(Long::longValue).sum(), place.currency());
    UUID run = DerivedId.at(place.placedAt(), "run", WORKFLOW, id);
    boolean stocked = place.lines().stream().anyMatch(line -> Sku.isStocked(line.sku()));
    OrderState order =
        new OrderState(
            place.merchant(),
            id,
            run,
            place.customer(),
            total,
            stocked,
            Status.PLACED,
            null,
            null,
            null,
            null,
            null,
            1);
    book.enter(new Entered(order, place, amounts));
    return Decision.done(new Placed(id, run, total))
        .tell(
            new OrderPlaced(
                place.merchant(),
                order.aggregate(),
                order.version(),
                place.customer(),
                total.minor(),
                total.currency(),
                place.lines().size(),
                place.placedAt()))
        .start(
            new RunStart(
                run, place.merchant(), WORKFLOW, id.toString(), fulfilment(place, id, run, total)));
  }

  private static Refusal recordedAlready(OrderBook book, Place place) {
    DocumentNumber number =
        DocumentNumber.orNull(place.merchant(), place.source(), place.externalNumber());
    UUID holder = number == null ? null : book.holderOf(number);
    return holder == null ? null : number.isTakenBy("order", holder);
  }

  /** The first field that is outside its limits, or null. */
  static Refusal check(Place place) {
    Refusal refusal =
        Field.first(
            () -> DocumentNumber.check(place.source(), place.externalNumber()),
            () -> Field.textOrNull("customer", place.customer(), Field.MAX_NUMBER),
            () -> Field.textOrNull("email", place.email(), MAX_EMAIL),
            () -> Field.time("placedAt", place.placedAt()),
            () -> Field.currency("currency", place.currency()),
            () -> Field.text("paymentMethod", place.paymentMethod(), MAX_TOKEN),
            () -> Field.address("billing", place.billing()),
            () -> Field.address("shipping", place.shipping()),
            () -> Field.size("lines", place.lines(), MAX_LINES));
    for (int i = 0; refusal == null && i < place.lines().size(); i++) {
      refusal = check("lines[" + i + "].", place.lines().get(i));
    }
    return refusal;
  }

  private static Refusal check(String at, Line line) {
    return Field.first(
        () -> Field.text(at + "sku", line.sku(), Sku.MAX_LENGTH),
        () -> Field.textOrNull(at + "description", line.description(), MAX_DESCRIPTION),
        () -> Field.units(at + "quantity", line.quantity()),
        () -> Field.price(at + "unitPrice", line.unitPrice()));
  }

  /** Each line is rounded by itself, half up. Within the limits of the fields nothing overflows. */
  private static List<Long> amounts(Place place) {
    return place.lines().stream()
        .map(line -> Money.ofLine(line.quantity(), line.unitPrice(), place.currency()).minor())
        .toList();
  }

  private static Fulfilment fulfilment(Place place, UUID order, UUID run, Money total) {
    return new Fulfilment(
        place.merchant(),
        order,
        run,
        place.customer(),
        hash(place.email()),
        place.placedAt(),
        total,
        Units.byCode(place.lines().stream().map(line -> new Units(line.sku(), line.quantity()))),
        country(place.billing()),
        country(place.shipping()),
        place.paymentMethod(),
        place.ipReputation() == IpReputation.BAD);
  }

  static String country(Address address) {
    return address == null ? null : address.country();
  }

  /** SHA-256 in hex of the address in lower case; null for none. */
  static String hash(String email) {
    if (email == null || email.isBlank()) {
      return null;
    }
    try {
      byte[] address = email.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(address));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
