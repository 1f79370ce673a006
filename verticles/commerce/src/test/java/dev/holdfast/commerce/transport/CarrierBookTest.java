package dev.holdfast.commerce.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.transport.CarrierBook.Zone;
import dev.holdfast.commerce.transport.TransportProtocol.Quote;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CarrierBookTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
  private final CarrierBook book = CarrierBook.shipped();

  /** The example of workflow W4, by the formula (decision C9). */
  @Test
  void the_formula_chooses_colis_prive_in_the_reference_example() {
    List<Quote> ranked =
        CarrierRules.ranked(
            List.of(
                offer("CHRONOPOST", 897, 98),
                offer("COLISSIMO", 690, 95),
                offer("DPD", 724, 93),
                offer("COLISPRIVE", 552, 88)));
    assertEquals(
        List.of("COLISPRIVE", "COLISSIMO", "DPD", "CHRONOPOST"),
        ranked.stream().map(Quote::carrier).toList());
    assertEquals(92.8, ranked.get(0).score(), 0.05);
    assertEquals(81.0, ranked.get(1).score(), 0.05);
    assertEquals(58.8, ranked.get(3).score(), 0.05);
  }

  @Test
  void an_unknown_on_time_share_counts_as_ninety_percent() {
    Quote only = CarrierRules.ranked(List.of(offer("NEW", 500, null))).getFirst();
    assertEquals(90, only.onTime());
    assertEquals(94.0, only.score(), 0.001);
  }

  @Test
  void prices_are_in_pounds_by_the_rate_of_the_day() {
    Quote dpd = quote("GB", 2_500, "DPD");
    assertEquals(new Money(525, "GBP"), dpd.price());
    assertEquals(1, dpd.days());
  }

  @Test
  void a_day_without_a_rate_is_an_error_that_names_it() {
    IllegalStateException gap =
        assertThrows(
            IllegalStateException.class, () -> book.quotes("GB", 100, LocalDate.of(1999, 12, 31)));
    assertEquals("no rate from EUR to GBP on 1999-12-31", gap.getMessage());
  }

  @Test
  void gb_is_home_the_eu_has_its_band_and_an_unknown_country_is_the_world() {
    assertEquals(Zone.DOMESTIC, book.zone("GB"));
    assertEquals(Zone.EU, book.zone("FR"));
    assertEquals(Zone.WORLD, book.zone("US"));
    assertEquals(Zone.WORLD, book.zone(null));
    assertEquals(new Money(2150, "GBP"), quote(null, 2_000, "COLISSIMO").price());
    assertEquals(new Money(3870, "GBP"), quote("US", 2_001, "COLISSIMO").price());
  }

  @Test
  void ups_express_costs_one_and_a_half_times_the_standard() {
    List<Quote> ups =
        book.quotes("FR", 5_001, TODAY).stream()
            .filter(quote -> quote.carrier().equals("UPS"))
            .toList();
    assertEquals(
        List.of(2150L, 3225L), ups.stream().map(quote -> quote.price().minor()).sorted().toList());
  }

  @Test
  void every_weight_and_zone_has_an_offer() {
    for (String country : List.of("GB", "IE", "JE", "AU")) {
      for (long grams : List.of(1L, 1_000L, 1_001L, 5_000L, 9_999_999L)) {
        assertEquals(false, book.quotes(country, grams, TODAY).isEmpty());
      }
    }
  }

  private Quote quote(String country, long grams, String carrier) {
    return book.quotes(country, grams, TODAY).stream()
        .filter(quote -> quote.carrier().equals(carrier))
        .findFirst()
        .orElseThrow();
  }

  private static CarrierRules.Offer offer(String carrier, long minor, Integer onTime) {
    return new CarrierRules.Offer(carrier, "standard", new Money(minor, "EUR"), 1, onTime);
  }
}
