package dev.holdfast.commerce.partners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelNumberTest {
  @Test
  void a_number_follows_from_carrier_and_key_and_names_the_carrier() {
    String number = LabelNumber.of("DPD", "1.key");
    assertEquals(number, LabelNumber.of("DPD", "1.key"));
    assertTrue(number.startsWith("DP"));
    assertTrue(LabelNumber.isValid(number));
  }

  @Test
  void a_mistyped_digit_is_seen() {
    String number = LabelNumber.of("UPS", "1.key");
    for (int place = 2; place < number.length(); place++) {
      char wrong = (char) ('0' + (number.charAt(place) - '0' + 1) % 10);
      String mistyped = number.substring(0, place) + wrong + number.substring(place + 1);
      assertFalse(LabelNumber.isValid(mistyped), mistyped);
    }
    assertFalse(LabelNumber.isValid("UP12"));
  }

  @Test
  void a_hundred_thousand_keys_give_as_many_numbers() {
    Set<String> numbers = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      numbers.add(LabelNumber.of("COLISSIMO", "1.order." + i));
    }
    assertEquals(100_000, numbers.size());
  }
}
