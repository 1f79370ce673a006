package dev.holdfast.commerce.payment;

import java.time.Duration;

/**
 * When the payment agent asks about what it does not know.
 *
 * @param checkAfter how long an operation may be without an answer before reconciliation asks;
 *     longer than a call's deadline
 * @param watchEvery how often a voided authorisation that was not found is asked about
 * @param watchFor how long; longer than our deadline and the provider's together
 * @param roundEvery how often reconciliation looks for what is due
 */
public record PaymentSettings(
    Duration checkAfter, Duration watchEvery, Duration watchFor, Duration roundEvery) {
  public PaymentSettings {
    positive("checkAfter", checkAfter);
    positive("watchEvery", watchEvery);
    positive("watchFor", watchFor);
    positive("roundEvery", roundEvery);
  }

  /** 10 s, every 5 s for 60 s, a round every 2 s. */
  public static PaymentSettings standard() {
    return new PaymentSettings(
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        Duration.ofSeconds(2));
  }

  private static void positive(String name, Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException(name + " must be at least 1 ms, got " + value);
    }
  }
}
