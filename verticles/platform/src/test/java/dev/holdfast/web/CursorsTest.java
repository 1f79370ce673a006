package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.holdfast.kernel.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class CursorsTest {
  private static final Secret KEY = Secret.of("0123456789abcdef0123456789abcdef");
  private final Cursors cursors = new Cursors(KEY);

  private void refused(String scope, String cursor) {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> cursors.decode(scope, cursor));
    assertEquals(400, refused.problem().status());
    assertEquals("invalid_cursor", refused.problem().code());
  }

  @Test
  void a_position_comes_back() {
    List<String> position = List.of("2026-11-02T09:00:00Z", "", "ünï");
    assertEquals(position, cursors.decode("orders/1", cursors.encode("orders/1", position)));
  }

  @Test
  void a_cursor_is_of_no_use_in_another_scope_or_under_another_key() {
    String cursor = cursors.encode("orders/1", List.of("5"));
    refused("orders/2", cursor);
    refused(
        "orders/1",
        new Cursors(Secret.of("fedcba9876543210fedcba9876543210"))
            .encode("orders/1", List.of("5")));
  }

  @Test
  void every_changed_character_is_noticed() {
    String cursor = cursors.encode("orders/1", List.of("12345", "67890"));
    for (int i = 0; i < cursor.length() - 1; i++) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      refused("orders/1", cursor.substring(0, i) + other + cursor.substring(i + 1));
    }
  }

  @Test
  void nonsense_is_refused() {
    refused("orders/1", "");
    refused("orders/1", "%%%");
    refused("orders/1", "AAAA");
    refused("orders/1", "A".repeat(5_000));
  }

  @Test
  void a_short_key_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> new Cursors(Secret.of("short")));
  }
}
