package dev.holdfast.commerce.order;

import static dev.holdfast.commerce.order.Samples.MERCHANT;
import static dev.holdfast.commerce.order.Samples.MORNING;
import static dev.holdfast.commerce.order.Samples.line;
import static dev.holdfast.commerce.order.Samples.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.Decision;
import dev.holdfast.agent.RunStart;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.commerce.order.OrderProtocol.Line;
import dev.holdfast.commerce.order.OrderProtocol.OrderPlaced;
import dev.holdfast.commerce.order.OrderProtocol.Place;
import dev.holdfast.commerce.order.OrderProtocol.Placed;
import dev.holdfast.commerce.shared.Address;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.commerce.testing.BatchDriver;
import dev.holdfast.kernel.DerivedId;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacingRulesTest {
  private static final UUID ID = DerivedId.of("test", 1);

  private static Decision place(Place place) {
    return PlacingRules.place(new OrderBook(), place, ID);
  }

  private static long total(Line... lines) {
    return ((Placed) place(order("1", null, MORNING, lines)).outcome().orThrow()).total().minor();
  }

  @Test
  void each_line_is_rounded_half_up_by_itself() {
    assertEquals(43 + 43, total(line("22752", 1, "0.425"), line("22752", 1, "0.425")));
    assertEquals(85, total(line("22752", 2, "0.425")));
    assertEquals(0, total(line("PADS", 1, "0.001")));
    assertEquals(100, total(line("22752", 1, "1E0")));
  }

  @Test
  void the_highest_price_times_the_most_units_in_the_most_lines_still_adds() {
    Line most = line("22752", 1_000_000, "1000000");
    List<Line> lines = Collections.nCopies(PlacingRules.MAX_LINES, most);

    assertEquals(200_000_000_000_000_000L, total(lines.toArray(Line[]::new)));
  }

  @Test
  void the_run_is_told_all_that_its_steps_need() {
    Place place =
        Samples.withEmail(
            order(
                "1",
                "17850",
                MORNING,
                line("85123A", 6, "2.55"),
                line("POST", 1, "18.00"),
                line("85123A", 2, "0.00")),
            " Ada@Example.ORG ",
            Address.ofCountry("FR"));

    Decision decision = place(place);

    RunStart start = decision.runs().getFirst();
    Fulfilment told = (Fulfilment) start.input();
    assertEquals(DerivedId.at(MORNING, "run", "order-to-delivery", ID), start.runId());
    assertEquals(start.runId(), told.run());
    assertEquals(ID.toString(), start.parkingKey());
    assertEquals(List.of(new Units("85123A", 8), new Units("POST", 1)), told.lines());
    assertEquals(new Money(3330, "GBP"), told.total());
    assertEquals("GB", told.billingCountry());
    assertEquals("FR", told.shippingCountry());
    assertEquals(PlacingRules.hash("ada@example.org"), told.emailHash());
    assertEquals(64, told.emailHash().length());
    assertEquals(told, RecordJson.read(RecordJson.write(told), Fulfilment.class));
  }

  @Test
  void neither_event_nor_run_names_a_person() {
    Address home = new Address("Ada Lovelace", "12 Row", "London", "W1", "GB");

    Decision decision = place(Samples.withEmail(order("1"), "ada@example.org", home));

    String told =
        RecordJson.write(decision.events().getFirst())
            + RecordJson.write(decision.runs().getFirst().input());
    for (String personal : List.of("ada", "Ada", "Lovelace", "Row", "London", "W1")) {
      assertTrue(!told.contains(personal), personal + " in " + told);
    }
    assertEquals(1, ((OrderPlaced) decision.events().getFirst()).version());
  }

  @Test
  void nobodys_address_has_no_hash() {
    assertNull(PlacingRules.hash(null));
    assertNull(PlacingRules.hash("  "));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1.00, invalid_quantity, lines[1].quantity",
    "-3, 1.00, invalid_quantity, lines[1].quantity",
    "1000001, 1.00, invalid_quantity, lines[1].quantity",
    "1, -0.01, invalid_unit_price, lines[1].unitPrice",
    "1, 0.00001, invalid_unit_price, lines[1].unitPrice",
    "1, 1E+9, invalid_unit_price, lines[1].unitPrice",
    "1, 1E-999999999, invalid_unit_price, lines[1].unitPrice",
  })
  void a_line_outside_its_limits_is_refused_by_its_name(
      long quantity, String price, String code, String field) {
    Place place =
        order("1", null, MORNING, line("85123A", 1, "1.00"), line("71053", quantity, price));

    var why = BatchDriver.refusal(place(place));

    assertEquals(code, why.code());
    assertTrue(why.message().startsWith(field + " "), why.message());
  }

  @Test
  void an_order_that_can_never_be_right_is_refused_and_changes_nothing() {
    assertCode("invalid_lines", order("1", null, MORNING));
    assertCode(
        "invalid_lines",
        order(
            "1",
            null,
            MORNING,
            Collections.nCopies(2_001, line("85123A", 1, "1")).toArray(Line[]::new)));
    assertCode("invalid_placed_at", order("1", null, null, line("85123A", 1, "1")));
    assertCode("invalid_sku", order("1", null, MORNING, line(" ", 1, "1")));
    assertCode("invalid_sku", order("1", null, MORNING, line("a\0b", 1, "1")));
    assertCode("invalid_customer", order("1", "x".repeat(65), MORNING, line("85123A", 1, "1")));
    assertCode("invalid_currency", with("gbp", "online-retail", "tok"));
    assertCode("invalid_source", with("GBP", null, "tok"));
    assertCode("invalid_payment_method", with("GBP", "online-retail", null));
  }

  private static void assertCode(String code, Place place) {
    OrderBook book = new OrderBook();
    assertEquals(code, BatchDriver.refusal(PlacingRules.place(book, place, ID)).code());
    assertTrue(book.entered().isEmpty());
  }

  private static Place with(String currency, String source, String paymentMethod) {
    return new Place(
        MERCHANT,
        source,
        "1",
        null,
        null,
        MORNING,
        currency,
        List.of(new Line("85123A", null, 1, BigDecimal.ONE)),
        null,
        null,
        paymentMethod,
        null);
  }
}
