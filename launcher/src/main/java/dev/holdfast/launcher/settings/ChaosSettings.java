package dev.holdfast.launcher.settings;

/**
 * Faults on purpose, in development and test.
 *
 * @param proxied whether a proxy stands between us and each embedded server, so that the wire can
 *     be broken
 * @param usualMs how long a fault lasts when nobody says how long, 1 to {@code longestMs}
 * @param longestMs how long one may last, 1000 to 600000
 */
public record ChaosSettings(boolean proxied, int usualMs, int longestMs) {
  public ChaosSettings {
    Ranges.between("longestMs", 1_000, 600_000, longestMs);
    Ranges.between("usualMs", 1, longestMs, usualMs);
  }

  /** No proxies; half a minute, two minutes at the most. */
  public static ChaosSettings shipped() {
    return new ChaosSettings(false, 30_000, 120_000);
  }

  /** The same with a proxy before each server. */
  public ChaosSettings withProxies() {
    return new ChaosSettings(true, usualMs, longestMs);
  }
}
