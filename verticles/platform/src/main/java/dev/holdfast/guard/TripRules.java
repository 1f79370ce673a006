package dev.holdfast.guard;

/**
 * Whether what the window holds opens a breaker. The count of failures alone would open under heavy
 * load at a failure in a thousand, the rate alone at the first failure of the night.
 */
final class TripRules {
  private TripRules() {}

  static boolean opens(TripSettings settings, Window.Sums sums) {
    return tooManyFailed(settings, sums) || tooManyWereSlow(settings, sums);
  }

  private static boolean tooManyFailed(TripSettings settings, Window.Sums sums) {
    boolean many = sums.rare() >= settings.failures();
    boolean plain = settings.failureRate() == 0;
    boolean most =
        sums.all() >= settings.minimumCalls() && sums.rare() >= settings.failureRate() * sums.all();
    return many && (plain || most);
  }

  /** A breaker that never opens at failures never opens at all. */
  private static boolean tooManyWereSlow(TripSettings settings, Window.Sums sums) {
    return settings.failures() < Integer.MAX_VALUE
        && sums.all() >= settings.minimumCalls()
        && sums.slow() >= settings.slowRate() * sums.all();
  }
}
