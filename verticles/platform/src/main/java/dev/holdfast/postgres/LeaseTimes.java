package dev.holdfast.postgres;

import java.time.Duration;

/**
 * How long a node's lease lasts and how it is kept.
 *
 * @param lease after which others may take the node's work
 * @param renewal from one renewal to the next, at most a third of the lease
 * @param retry after a renewal that failed
 * @param patience how long one renewal may take
 */
public record LeaseTimes(Duration lease, Duration renewal, Duration retry, Duration patience) {
  /** 10 s, renewed every 3 s, again after 1 s, each within 2 s. */
  public static final LeaseTimes DEFAULT =
      new LeaseTimes(
          Duration.ofSeconds(10),
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2));

  public LeaseTimes {
    if (renewal.toMillis() < 1 || retry.toMillis() < 1 || patience.toMillis() < 1) {
      throw new IllegalArgumentException("renewal, retry and patience must be at least 1 ms");
    }
    if (renewal.multipliedBy(3).compareTo(lease) > 0) {
      throw new IllegalArgumentException(
          "renewal must be at most a third of the lease, got " + renewal + " of " + lease);
    }
  }
}
