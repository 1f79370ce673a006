package dev.holdfast.degradation;

import java.util.Locale;

/** What is still offered, from everything to the least that makes sense; a later one is less. */
public enum Mode {
  /** Every feature. */
  NORMAL,
  /** All but what nobody misses for an hour. */
  DEGRADED,
  /** What orders need. */
  MINIMAL,
  /** Taking orders and saying where they are. */
  EMERGENCY;

  /** Its name on status pages, such as {@code normal}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one that offers less. */
  public Mode orLess(Mode other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** One step towards offering everything. */
  Mode better() {
    return this == NORMAL ? NORMAL : values()[ordinal() - 1];
  }
}
