package dev.holdfast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OutboxRowTest {
  @Test
  void a_body_of_the_limit_is_taken_and_one_byte_more_is_not() {
    assertEquals(
        OutboxRow.BODY_BYTES_MAX, row("x".repeat(OutboxRow.BODY_BYTES_MAX)).body().length());
    EventTooLarge refused =
        assertThrows(EventTooLarge.class, () -> row("x".repeat(OutboxRow.BODY_BYTES_MAX + 1)));
    assertTrue(refused.getMessage().contains("" + (OutboxRow.BODY_BYTES_MAX + 1)));
  }

  @Test
  void bytes_are_counted_and_not_characters() {
    int third = OutboxRow.BODY_BYTES_MAX / 3;
    row("€".repeat(third));
    assertThrows(EventTooLarge.class, () -> row("€".repeat(third + 1)));
    int quarter = OutboxRow.BODY_BYTES_MAX / 4;
    row("😀".repeat(quarter));
    assertThrows(EventTooLarge.class, () -> row("😀".repeat(quarter + 1)));
  }

  @Test
  void an_event_says_the_same_time_whether_it_was_read_back_or_not() {
    Instant fine = Instant.parse("2026-11-03T10:00:00.123456789Z");
    OutboxRow row =
        new OutboxRow(1, "t", "a", 1, new UUID(1, 2), "order.Placed", fine, new UUID(3, 4), "{}");
    assertEquals(Instant.parse("2026-11-03T10:00:00.123456Z"), row.occurredAt());
  }

  private static OutboxRow row(String body) {
    return new OutboxRow(
        1, "t", "a", 1, new UUID(1, 2), "order.Placed", Instant.EPOCH, new UUID(3, 4), body);
  }
}
