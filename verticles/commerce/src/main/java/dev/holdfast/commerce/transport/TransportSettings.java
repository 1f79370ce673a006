package dev.holdfast.commerce.transport;

import dev.holdfast.kernel.Backoff;
import java.time.Duration;

/**
 * How the transport agent asks carriers.
 *
 * @param triesMax tries of one carrier before the next, 1 to 10
 * @param backoff between two tries
 * @param watchEvery how often a label that must not stay valid is asked about
 * @param watchFor how long it may still turn up; longer than our deadline and the carrier's
 *     together
 * @param roundEvery how often reconciliation looks for what is due
 */
public record TransportSettings(
    int triesMax, Backoff backoff, Duration watchEvery, Duration watchFor, Duration roundEvery) {
  public TransportSettings {
    if (triesMax < 1 || triesMax > 10) {
      throw new IllegalArgumentException("triesMax must be 1 to 10, got " + triesMax);
    }
    positive("watchEvery", watchEvery);
    positive("watchFor", watchFor);
    positive("roundEvery", roundEvery);
  }

  /** Three tries, 50 to 500 ms apart; every 5 s for 60 s; a round every 2 s. */
  public static TransportSettings standard() {
    return new TransportSettings(
        3,
        new Backoff(Duration.ofMillis(50), Duration.ofMillis(500)),
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
