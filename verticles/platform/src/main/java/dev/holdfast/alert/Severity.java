package dev.holdfast.alert;

import java.util.Locale;

/** How urgent an alert is, from little to much. */
public enum Severity {
  /** Good to know; nobody needs to look now. */
  INFO,
  /** Somebody should look today. */
  WARNING,
  /** Something does not work; somebody should look soon. */
  ERROR,
  /** The shop, or a part of it, stands still: somebody has to look at once. */
  CRITICAL;

  /** In lower case, as settings, meters and receivers have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is as urgent as the other, or more. */
  public boolean isAtLeast(Severity other) {
    return compareTo(other) >= 0;
  }

  /** The more urgent of the two. */
  public Severity orWorse(Severity other) {
    return isAtLeast(other) ? this : other;
  }
}
