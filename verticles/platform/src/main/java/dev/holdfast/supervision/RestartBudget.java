package dev.holdfast.supervision;

/**
 * The third gate: a token bucket over all children, so that a common cause does not become a storm
 * of restarts. It holds as many tokens as it earns in a second.
 */
final class RestartBudget {
  private static final long SECOND = 1_000_000_000L;

  private final int perSecond;
  private double tokens;
  private long countedAt;

  /**
   * @param perSecond restarts earned in a second, 1 or more
   * @param now nanoseconds of the monotonic clock
   */
  RestartBudget(int perSecond, long now) {
    this.perSecond = perSecond;
    this.tokens = perSecond;
    this.countedAt = now;
  }

  /** Takes a token: 0 when there was one, otherwise the nanoseconds until there will be. */
  long take(long now) {
    double earned = (double) (now - countedAt) * perSecond / SECOND;
    tokens = Math.min(perSecond, tokens + earned);
    countedAt = now;
    if (tokens >= 1) {
      tokens -= 1;
      return 0;
    }
    return (long) Math.ceil((1 - tokens) * SECOND / perSecond);
  }
}
