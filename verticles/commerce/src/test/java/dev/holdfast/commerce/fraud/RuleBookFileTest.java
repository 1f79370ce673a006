package dev.holdfast.commerce.fraud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.commerce.fraud.RuleBook.Rule;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleBookFileTest {
  private static final String BOOK =
      """
      levels: {medium: 40, high: 60, critical: 70}
      rules:
        - {id: night, signal: amount, above: 99.5, weight: 7, times: once, cap: 9, enabled: true}
      """;

  @Test
  void the_shipped_book_has_six_rules_on_and_the_other_shops_off() {
    RuleBook book = RuleBookFile.shipped();
    assertEquals(
        List.of(
            "high_amount",
            "many_orders",
            "bad_ip",
            "country_mismatch",
            "new_account",
            "payment_method_changes"),
        book.enabled().stream().map(Rule::id).toList());
    assertEquals(4, book.rules().size() - book.enabled().size());
    assertEquals(Duration.ofDays(7), book.longestWindow());
  }

  @Test
  void another_book_is_read_as_it_stands() {
    RuleBook book = read(BOOK);
    assertEquals(70, book.levels().critical());
    assertEquals("99.5", book.rules().getFirst().above().toString());
    assertEquals(Duration.ZERO, book.longestWindow());
  }

  @Test
  void a_wrong_book_is_refused_naming_what_is_wrong() {
    assertRefused(BOOK.replace("weight", "wieght"), "wieght");
    assertRefused(BOOK.replace("weight: 7", "weight: 700"), "night has a weight");
    assertRefused(BOOK.replace("weight: 7", "weight: much"), "weight of night");
    assertRefused(BOOK.replace("amount", "moon"), "signal of night");
    assertRefused(BOOK.replace("above: 99.5, ", ""), "night needs either above or below");
    assertRefused(BOOK.replace("cap: 9", "cap: 9, window: 3"), "night needs a window");
    assertRefused(BOOK.replace("high: 60", "high: 80"), "levels must rise");
    assertRefused(BOOK.replace("levels", "level"), "level");
  }

  private static void assertRefused(String text, String named) {
    String message = assertThrows(IllegalArgumentException.class, () -> read(text)).getMessage();
    assertTrue(message.contains(named), message);
  }

  private static RuleBook read(String text) {
    return RuleBookFile.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
