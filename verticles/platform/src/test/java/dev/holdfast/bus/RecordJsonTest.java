package dev.holdfast.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
  private static final Instant MORNING = Instant.parse("2026-11-22T08:00:00Z");

  /** What it answers besides its components is nobody's business. */
  public record Amount(long minor, String currency, Instant at) {
    /** Derived. */
    public boolean isPositive() {
      return minor > 0;
    }
  }

  @Test
  void a_records_components_are_written_and_nothing_else() {
    assertEquals(
        "{\"minor\":5,\"currency\":\"GBP\",\"at\":\"2026-11-22T08:00:00Z\"}",
        RecordJson.write(new Amount(5, "GBP", MORNING)));
  }

  @Test
  void an_older_reader_passes_over_what_it_does_not_know() {
    assertEquals(
        new Amount(5, "GBP", null),
        RecordJson.read("{\"minor\":5,\"currency\":\"GBP\",\"positive\":true}", Amount.class));
  }
}
