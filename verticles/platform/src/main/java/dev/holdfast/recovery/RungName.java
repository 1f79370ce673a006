package dev.holdfast.recovery;

import java.util.Locale;

/** The rungs of the ladder, the lowest first. */
public enum RungName {
  /** A new instance on what there is. */
  RESTART,
  /** A new instance, and what it worked with is made anew as well. */
  FRESH_RESOURCES,
  /** A new instance with the last configuration that was proven. */
  ROLLBACK,
  /** A new instance that takes one message at a time, so that a guilty one stands alone. */
  QUARANTINE,
  /** A new instance on another event loop than the last one's. */
  FAILOVER,
  /** No new instance until a person wants one. */
  PARK;

  /** As it is written in rules, rows and settings, such as {@code fresh resources}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
