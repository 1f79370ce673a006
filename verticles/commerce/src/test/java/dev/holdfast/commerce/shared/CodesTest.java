package dev.holdfast.commerce.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodesTest {
  @ParameterizedTest
  @CsvSource({
    "85123, true",
    "85123A, true",
    "85123Ab, true",
    "8512, false",
    "8512A, false",
    "851234, false",
    "85123ABC, false",
    "85123-, false",
    "85123Ä, false",
    "٨٥١٢٣, false",
    "POST, false",
    "'', false"
  })
  void five_digits_and_at_most_two_letters_are_stocked(String sku, boolean stocked) {
    assertEquals(stocked, Sku.isStocked(sku));
  }

  @ParameterizedTest
  @CsvSource({"GB, true", "gb, false", "G, false", "GBR, false", "G1, false", "ÄB, false"})
  void a_country_is_two_capitals(String country, boolean right) {
    assertEquals(right, Field.countryOrNull("country", country) == null);
    if (!right) {
      assertThrows(IllegalArgumentException.class, () -> Address.ofCountry(country));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gbp", "GB", "GBPX", "G P", ""})
  void a_currency_is_three_capitals(String currency) {
    assertThrows(IllegalArgumentException.class, () -> new Money(1, currency));
    assertEquals("invalid_currency", Field.currency("currency", currency).code());
  }
}
